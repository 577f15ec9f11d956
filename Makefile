# The compose set-up by short names; mvn builds and tests the program itself.
.DEFAULT_GOAL := help
.PHONY: up down health logs test clean help secrets
COMPOSE ?= docker compose

up: secrets ## build the image, start everything, wait until it is healthy
	$(COMPOSE) up --build --detach --wait

down: ## stop everything; what was written stays
	$(COMPOSE) down

health: ## who is there, and where each partition stands
	$(COMPOSE) ps
	$(COMPOSE) exec -T node-1 riskcluster cluster show

logs: ## what everybody says, until Ctrl-C
	$(COMPOSE) logs --follow --tail 100

test: ## a thousand transactions: each must be in the lake, and every node ready
	docker/smoke "$(COMPOSE)"

clean: ## stop everything and remove what was written; secrets stay
	$(COMPOSE) down --volumes --remove-orphans

secrets: ## write the secrets that are missing, into secrets/
	docker/secrets secrets

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

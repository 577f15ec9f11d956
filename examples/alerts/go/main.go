// Reads alerts: go run . BOOTSTRAP [exact|fast] [COUNT]
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"strconv"

	"github.com/twmb/franz-go/pkg/kgo"
)

type alert struct {
	UserID string      `json:"user_id"`
	Band   string      `json:"band"`
	Points int         `json:"points"`
	Amount json.Number `json:"amount"` // a decimal, not a float
}

func main() {
	fast := len(os.Args) > 2 && os.Args[2] == "fast"
	count := math.MaxInt
	if len(os.Args) > 3 {
		var err error
		if count, err = strconv.Atoi(os.Args[3]); err != nil {
			log.Fatal(err)
		}
	}
	isolation := kgo.ReadCommitted()
	if fast {
		isolation = kgo.ReadUncommitted()
	}
	client, err := kgo.NewClient(
		kgo.SeedBrokers(os.Args[1]),
		kgo.ConsumerGroup("example-go"),
		kgo.ConsumeTopics("alerts"),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchIsolationLevel(isolation))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()

	// Fast reading: an alert may come again after a crash, with the same id. Two generations bound the memory.
	seen, before := map[string]bool{}, map[string]bool{}
	for count > 0 {
		fetches := client.PollFetches(context.Background())
		if errs := fetches.Errors(); len(errs) > 0 {
			log.Fatal(errs)
		}
		fetches.EachRecord(func(record *kgo.Record) {
			id := header(record, "ce_id")
			if fast && (seen[id] || before[id]) {
				return
			}
			if seen[id] = true; len(seen) > 50_000 {
				seen, before = map[string]bool{}, seen
			}
			var read alert
			if err := json.Unmarshal(record.Value, &read); err != nil {
				log.Fatalf("%s: %v", id, err)
			}
			fmt.Println(id, read.Band, read.UserID, read.Points, read.Amount)
			count--
		})
	}
}

func header(record *kgo.Record, name string) string {
	for _, header := range record.Headers {
		if header.Key == name {
			return string(header.Value)
		}
	}
	return ""
}

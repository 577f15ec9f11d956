"""Prints each alert that Alertmanager sends, one line each."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer


class Webhook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        for alert in body["alerts"]:
            print(alert["status"], alert["labels"]["alertname"], alert["annotations"]["summary"])
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        """The requests themselves are of no interest."""


HTTPServer(("", 8080), Webhook).serve_forever()

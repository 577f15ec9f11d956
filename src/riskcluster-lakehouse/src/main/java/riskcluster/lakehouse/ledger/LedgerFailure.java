package riskcluster.lakehouse.ledger;

import java.sql.SQLException;

/** Postgres gave no answer: nobody knows whether the transaction happened. */
public final class LedgerFailure extends RuntimeException {

    LedgerFailure(String what, SQLException cause) {
        super(what + ": no answer from Postgres, so nobody knows whether it happened: " + cause.getMessage(), cause);
    }
}

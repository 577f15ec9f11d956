package riskcluster.lakehouse.rest;

/**
 * An answer to a request.
 *
 * @param status of HTTP
 * @param json the body; empty where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // written once, to be sent
public record RestAnswer(int status, byte[] json) {}

package mongostore

import (
	"context"
	"errors"
	"net"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/x/mongo/driver/topology"

	"surveyd/internal/fault"
)

// awayCodes are the server's error codes that say that it cannot serve for now: a primary steps down or is being
// elected, a node shuts down, a majority does not answer.
var awayCodes = []int{
	6,     // HostUnreachable
	7,     // HostNotFound
	24,    // LockTimeout
	50,    // MaxTimeMSExpired
	64,    // WriteConcernTimeout
	89,    // NetworkTimeout
	91,    // ShutdownInProgress
	100,   // UnsatisfiableWriteConcern
	112,   // WriteConflict
	133,   // FailedToSatisfyReadPreference
	134,   // ReadConcernMajorityNotAvailableYet
	189,   // PrimarySteppedDown
	202,   // NetworkInterfaceExceededTimeLimit
	262,   // ExceededTimeLimit
	9001,  // SocketException
	10058, // LegacyNotPrimary
	10107, // NotWritablePrimary
	11600, // InterruptedAtShutdown
	11602, // InterruptedDueToReplStateChange
	13388, // StaleConfig
	13435, // NotPrimaryNoSecondaryOk
	13436, // NotPrimaryOrSecondary
	14031, // OutOfDiskSpace
}

// kindOf tells what kind of error the driver gave. When the caller's context has ended that is the reason.
func kindOf(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, mongo.ErrNoDocuments):
		return fault.ErrNotFound
	case errors.Is(ctx.Err(), context.Canceled):
		return errors.Join(ctx.Err(), err)
	case away(err):
		return fault.Unavailable(err)
	default:
		return err
	}
}

// away says whether err means that the server cannot be reached or cannot serve for now.
func away(err error) bool {
	if mongo.IsNetworkError(err) || mongo.IsTimeout(err) || disconnected(err) {
		return true
	}
	var selection topology.ServerSelectionError
	var connection topology.ConnectionError
	var network net.Error
	var pool interface{ Retryable() bool } // a pool that was emptied because its server went away
	if errors.As(err, &selection) || errors.As(err, &connection) || errors.As(err, &network) || errors.As(err, &pool) {
		return true
	}
	var labeled mongo.LabeledError
	if errors.As(err, &labeled) && (labeled.HasErrorLabel("RetryableWriteError") || labeled.HasErrorLabel("TransientTransactionError")) {
		return true
	}
	var server mongo.ServerError
	if errors.As(err, &server) {
		for _, code := range awayCodes {
			if server.HasErrorCode(code) {
				return true
			}
		}
	}
	return false
}

// disconnected says whether the store has been closed.
func disconnected(err error) bool {
	return errors.Is(err, mongo.ErrClientDisconnected) || errors.Is(err, topology.ErrTopologyClosed) ||
		errors.Is(err, topology.ErrServerClosed) || errors.Is(err, topology.ErrPoolClosed)
}

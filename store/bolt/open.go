package bolt

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"chouka/store"
)

const (
	defaultTimeout = time.Second
	// mapSize is address space, not memory. Within it the file grows without
	// being mapped anew, for which the writer would wait for every open View.
	mapSize = 64 << 30
)

func bucketName() []byte { return []byte("store") }

// openWhole turns the panics with which bbolt meets a ruined file into errors.
func openWhole(path string, o Options) (db *bbolt.DB, err error) {
	defer func() {
		if value := recover(); value != nil {
			db, err = nil, fmt.Errorf("%w: %v", store.ErrDamaged, value)
		}
	}()
	info, statErr := os.Stat(path)
	if statErr == nil && info.Size() > 0 {
		if err := measure(path, o); err != nil {
			return nil, err
		}
	}
	if db, err = openFile(path, o); err != nil {
		return nil, err
	}
	if err := prepare(db, path, errors.Is(statErr, os.ErrNotExist)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// measure compares the file's length with what its header promises. Reading a
// mapped page that the file does not have would end the process.
func measure(path string, o Options) error {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: o.Timeout, ReadOnly: true})
	if err != nil {
		return err
	}
	err = db.View(func(tx *bbolt.Tx) error {
		info, err := os.Stat(path)
		if err == nil && info.Size() < tx.Size() {
			err = fmt.Errorf("%d of %d bytes are there: %w", info.Size(), tx.Size(), store.ErrDamaged)
		}
		return err
	})
	return errors.Join(err, db.Close())
}

func openFile(path string, o Options) (*bbolt.DB, error) {
	options := &bbolt.Options{
		Timeout:         o.Timeout,
		FreelistType:    bbolt.FreelistMapType,
		InitialMmapSize: int(min(mapSize, math.MaxInt/4)),
		NoStatistics:    true,
		NoSync:          o.NoSync,
	}
	db, err := bbolt.Open(path, 0o600, options)
	if err == nil || errors.Is(err, berrors.ErrTimeout) {
		return db, err
	}
	// A process with little address space still works, with a smaller map.
	options.InitialMmapSize = 0
	return bbolt.Open(path, 0o600, options)
}

// prepare makes the one bucket, and the file's name in its folder durable.
func prepare(db *bbolt.DB, path string, created bool) error {
	missing := false
	err := db.View(func(tx *bbolt.Tx) error {
		missing = tx.Bucket(bucketName()) == nil
		return nil
	})
	if err == nil && missing {
		err = db.Update(func(tx *bbolt.Tx) error {
			_, err := tx.CreateBucket(bucketName())
			return err
		})
	}
	if err != nil || !created {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

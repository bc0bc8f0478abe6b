//go:build !unix

package main

import "errors"

// freeBytes is not asked on this system.
func freeBytes(string) (uint64, error) {
	return 0, errors.New("剩余空间未检查 · free space is not checked on this system")
}

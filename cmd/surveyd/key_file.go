package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"surveyd/internal/fieldwork"
)

// secretMounts is where container engines mount secrets, with modes of their own.
const secretMounts = "/run/secrets/"

// readKeyFile reads the secret key, making one where there is none. Two processes that start at once end up with the
// same key: the first to link its file into place wins.
func readKeyFile(path string) ([]byte, error) {
	secret, err := loadKeyFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := makeKeyFile(path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the secret key file: %w", err)
	}
	return loadKeyFile(path)
}

func loadKeyFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("secret key file: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 && !strings.HasPrefix(path, secretMounts) {
		return nil, fmt.Errorf("secret key file %s can be read by others (mode %#o); run chmod 600 on it", path, info.Mode().Perm())
	}
	secret, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("secret key file: %w", err)
	}
	if len(secret) != fieldwork.SecretSize {
		return nil, fmt.Errorf("secret key file %s has %d bytes; it must have exactly %d random bytes", path, len(secret), fieldwork.SecretSize)
	}
	return secret, nil
}

func makeKeyFile(path string) error {
	secret := make([]byte, fieldwork.SecretSize)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(secret); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}

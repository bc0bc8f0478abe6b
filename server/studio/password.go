package studio

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// argon2id at the floor of OWASP's list and a little above: 19 MiB, 2 passes, 1 lane.
const (
	argonMemory = 19 * 1024 // KiB
	argonPasses = 2
	argonLanes  = 1
	argonLength = 32
)

// hashPassword gives a PHC string that carries its own parameters.
func (s *Studio) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails (crypto/rand)
	sum, err := s.argon(ctx, password, salt, argonMemory, argonPasses)
	if err != nil {
		return "", err
	}
	enc := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, argonMemory, argonPasses, argonLanes,
		enc.EncodeToString(salt), enc.EncodeToString(sum)), nil
}

// argon runs behind a semaphore: each run takes 19 MiB.
func (s *Studio) argon(ctx context.Context, password string, salt []byte, memory, passes uint32) ([]byte, error) {
	if err := s.hashing.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("waiting to hash a password: %w", err)
	}
	defer s.hashing.Release(1)
	return argon2.IDKey([]byte(password), salt, passes, memory, argonLanes, argonLength), nil
}

// passwordFits compares in constant time. An empty hash is compared with a
// fixed one, so that an unknown login takes as long as a known one.
func (s *Studio) passwordFits(ctx context.Context, hash, password string) (bool, error) {
	known := hash != ""
	if !known {
		hash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	}
	part := strings.Split(hash, "$")
	if len(part) != 6 {
		return false, fmt.Errorf("reading a password hash: not a PHC string")
	}
	var memory, passes uint32
	var lanes uint8
	if _, err := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("reading a password hash: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(part[4])
	if err != nil {
		return false, fmt.Errorf("reading a password hash: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(part[5])
	if err != nil {
		return false, fmt.Errorf("reading a password hash: %w", err)
	}
	got, err := s.argon(ctx, password, salt, memory, passes)
	if err != nil {
		return false, err
	}
	return known && subtle.ConstantTimeCompare(got, want) == 1, nil
}

// checkPassword holds a new password to ASVS 5.0 6.2: 8 to 128 characters, no
// composition rules, none of the worst, nothing that names the person or the studio.
func checkPassword(field, password string, own ...string) error {
	n := utf8.RuneCountInString(password)
	switch {
	case n < 8:
		return wrong(field, "密码至少 8 个字符", "a password needs at least 8 characters")
	case n > 128:
		return wrong(field, "密码最多 128 个字符", "a password has at most 128 characters")
	}
	low := strings.ToLower(password)
	if common(low) {
		return wrong(field, "这个密码太常见，请换一个", "this password is among the most common; take another")
	}
	for _, word := range append(own, "chouka", "抽卡") {
		w := strings.ToLower(strings.TrimSpace(word))
		if utf8.RuneCountInString(w) >= 2 && strings.Trim(strings.ReplaceAll(low, w, ""), "0123456789!@#.-_ ") == "" {
			return wrong(field, "密码不能只由姓名、账号或剧组名组成", "a password must not be just the name, the login or the studio's name")
		}
	}
	return nil
}

// common refuses one repeated character, rows of the keyboard and runs, alone
// or with digits behind, which make up the top of every leaked list.
func common(low string) bool {
	stem := strings.TrimRight(low, "0123456789!.@")
	switch stem {
	case "password", "passwd", "passw0rd", "p@ssw0rd", "p@ssword", "admin", "administrator", "welcome", "letmein", "iloveyou", "woaini",
		"qwerty", "qwertyuiop", "qwert", "asdfgh", "asdfghjkl", "zxcvbnm", "abc", "abcd", "a", "aa", "q", "qq", "dragon", "monkey",
		"football", "baseball", "superman", "sunshine", "princess", "trustno", "master", "shadow", "michael", "login", "root", "test", "guest", "default", "changeme", "secret", "1q2w3e4r", "1qaz2wsx", "1q2w3e4r5t", "qazwsx", "q1w2e3r4", "zaq12wsx":
		return true
	case "":
		return true // digits and marks only
	}
	first, _ := utf8.DecodeRuneInString(low)
	return strings.Trim(low, string(first)) == ""
}

// tokenHash is how link tokens and cookie values are kept.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

package postgres

// Every statement of the engine stands here. What belongs to a tenant is read
// and changed by statements that name one tenant, so that a cluster which
// distributes the tables by tenant runs each on one of its nodes.

// Statements of one tenant, which is always $1.
const (
	lockTenant = `SELECT seq FROM tenant WHERE t = $1 FOR UPDATE`
	readTenant = `SELECT seq, sum FROM tenant WHERE t = $1`
	addTenant  = `INSERT INTO tenant (t, seq, sum) VALUES ($1, 0, 0) ON CONFLICT (t) DO NOTHING`

	// countTenant stands before the writes it counts: it takes the weights of
	// what they will replace off the sum, and adds $3 for what they put.
	countTenant = `UPDATE tenant SET seq = $2, sum = sum + $3 - (
	SELECT coalesce(sum((1::bigint << 32) + (get_byte(old.v, 0)::bigint << 24) + (get_byte(old.v, 1) << 16) + (get_byte(old.v, 2) << 8) + get_byte(old.v, 3)), 0)::bigint
	FROM unnest($4::bytea[], $5::bytea[]) AS w (b, k),
	LATERAL (SELECT kv.v FROM kv WHERE kv.t = $1 AND kv.b = w.b AND kv.k = w.k LIMIT 1) AS old
) WHERE t = $1`

	putValues = `INSERT INTO kv (t, b, k, v)
	SELECT $1, w.b, w.k, w.v FROM unnest($2::bytea[], $3::bytea[], $4::bytea[]) AS w (b, k, v)
	ON CONFLICT (t, b, k) DO UPDATE SET v = EXCLUDED.v`
	deleteValue = `DELETE FROM kv WHERE t = $1 AND b = $2 AND k = $3`

	getValue   = `SELECT v FROM kv WHERE t = $1 AND b = $2 AND k = $3`
	getValues  = `SELECT k, v FROM kv WHERE t = $1 AND b = $2 AND k = ANY ($3::bytea[])`
	scanFrom   = `SELECT k, v FROM kv WHERE t = $1 AND b = $2 AND k >= $3 ORDER BY k LIMIT $4`
	scanBefore = `SELECT k, v FROM kv WHERE t = $1 AND b = $2 AND k >= $3 AND k < $5 ORDER BY k LIMIT $4`
	walkValues = `SELECT b, k, v FROM kv WHERE t = $1 AND (b, k) > ($2::bytea, $3::bytea) ORDER BY b, k LIMIT $4`

	recallCommands = `SELECT id, result FROM command WHERE t = $1 AND id = ANY ($2::bytea[])`
	putCommands    = `INSERT INTO command (t, id, at, result)
	SELECT $1, c.id, c.at, c.result FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS c (id, at, result)`
	walkCommands   = `SELECT id, at, result FROM command WHERE t = $1 AND id > $2 ORDER BY id LIMIT $3`
	oldCommands    = `SELECT id, result FROM command WHERE t = $1 AND at < $2 LIMIT $3`
	deleteCommands = `DELETE FROM command WHERE t = $1 AND id = ANY ($2::bytea[])`
)

// Statements of one blob, whose name is always $1.
const (
	putBlob     = `INSERT INTO blob (sum, size, put) VALUES ($1, $2, $3) ON CONFLICT (sum) DO UPDATE SET size = EXCLUDED.size, put = EXCLUDED.put`
	putChunk    = `INSERT INTO chunk (sum, n, data) VALUES ($1, $2, $3) ON CONFLICT (sum, n) DO UPDATE SET data = EXCLUDED.data`
	blobSize    = `SELECT size FROM blob WHERE sum = $1`
	getChunk    = `SELECT data FROM chunk WHERE sum = $1 AND n = $2`
	deleteBlob  = `DELETE FROM blob WHERE sum = $1 AND put < $2`
	deleteChunk = `DELETE FROM chunk WHERE sum = $1`
)

// Lists, which read one table outside any change and change nothing.
const (
	listTenants  = `SELECT t FROM tenant WHERE seq > 0 ORDER BY t`
	listBlobs    = `SELECT sum, size FROM blob WHERE sum > $1 ORDER BY sum LIMIT $2`
	listOldBlobs = `SELECT sum FROM blob WHERE sum > $1 AND put < $3 ORDER BY sum LIMIT $2`
)

// Statements around the others.
const (
	beginUpdate = `BEGIN ISOLATION LEVEL READ COMMITTED`
	beginView   = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`
	commit      = `COMMIT`
	rollback    = `ROLLBACK`

	// unsafe are the settings under which an acknowledged change can be lost.
	unsafe = `SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`
)

// Statements of the schema. The version is the only row of meta.
const (
	hasMeta     = `SELECT to_regclass('meta') IS NOT NULL`
	readSchema  = `SELECT max(schema) FROM meta`
	writeSchema = `INSERT INTO meta (schema) VALUES ($1)`
	clearSchema = `DELETE FROM meta`
	lockMeta    = `LOCK TABLE meta IN ACCESS EXCLUSIVE MODE`
	makeMeta    = `CREATE TABLE IF NOT EXISTS meta (schema integer NOT NULL)`
)

// steps lead from one version of the schema to the next: steps[i] from i to i+1.
// Names, keys and values are bytea, whose order is that of their bytes and
// depends on no collation. Chunks are not compressed, since files mostly are.
var steps = [][]string{{
	`CREATE TABLE tenant (t bigint PRIMARY KEY, seq bigint NOT NULL, sum bigint NOT NULL) WITH (fillfactor = 10)`,
	`CREATE TABLE kv (t bigint NOT NULL, b bytea NOT NULL, k bytea NOT NULL, v bytea NOT NULL, PRIMARY KEY (t, b, k))`,
	`CREATE TABLE command (t bigint NOT NULL, id bytea NOT NULL, at bigint NOT NULL, result bytea NOT NULL, PRIMARY KEY (t, id))`,
	`CREATE TABLE blob (sum text COLLATE "C" PRIMARY KEY, size bigint NOT NULL, put bigint NOT NULL)`,
	`CREATE TABLE chunk (sum text COLLATE "C" NOT NULL, n integer NOT NULL, data bytea NOT NULL, PRIMARY KEY (sum, n))`,
	`ALTER TABLE chunk ALTER COLUMN data SET STORAGE EXTERNAL`,
}}

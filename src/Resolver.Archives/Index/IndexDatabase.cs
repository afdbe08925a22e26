using System.Data;
using System.Data.Common;
using Resolver.Archives.Reading;

namespace Resolver.Archives.Index;

/// <summary>The tables of the index, in whichever database: directories, the files in them by identity, what their
/// contents say, and which projects those are.</summary>
/// <remarks>Two connections: one reads in a snapshot of its own, so that what another process writes meanwhile does
/// not tear an answer apart; the other writes, in short transactions. Each is used by one thread at a time. One that
/// has failed is not tried again, so that a run waits for a lock or a server once. The SQL is what SQLite and
/// PostgreSQL have in common.</remarks>
internal abstract class IndexDatabase : IDisposable
{
    private readonly Lock reading = new();
    private readonly Lock writing = new();
    private readonly Dictionary<string, DbCommand> readCommands = [];
    private readonly Dictionary<string, DbCommand> writeCommands = [];
    private DbConnection? reader;
    private DbConnection? writer;
    private bool snapshot;
    private IndexException? unreadable;
    private IndexException? unwritable;

    /// <summary>Whether files are distinguished by their device as well.</summary>
    public abstract bool WithDevice { get; }

    /// <summary>A connection to tables that exist.</summary>
    protected abstract DbConnection Connect();

    /// <summary>What begins a transaction that reads one state of everything.</summary>
    protected abstract string BeginSnapshot { get; }

    /// <summary>What begins a transaction that keeps other writers out.</summary>
    protected abstract IReadOnlyList<string> BeginWrite { get; }

    /// <summary>Why an exception of the database keeps it from being used; null where it is another's.</summary>
    protected abstract IndexException? Translate(Exception exception);

    /// <summary>Why an exception keeps the index from being used, whatever it is: a fault of ours here costs the index
    /// and never the scan.</summary>
    private IndexException Unusable(Exception exception) =>
        Translate(exception)
        ?? new IndexException($"using it failed because of {ReadingFault.Bug(exception)}", exception);

    /// <summary>That it holds what was never written there.</summary>
    public abstract IndexException Damaged(Exception? inner = null);

    /// <summary>The directory and all below it.</summary>
    public IReadOnlyList<DirectoryRow> DirectoriesBelow(string path) =>
        Read(connection =>
        {
            // '0' comes after '/': between them lies everything that begins with the path and a separator.
            var below = path == "/" ? "/" : path + "/";
            var rows = new List<DirectoryRow>();
            using var found = Command(
                    connection,
                    readCommands,
                    "SELECT id, path, identity, folders FROM directory WHERE path = @path OR (path >= @below AND "
                        + "path < @after)",
                    ("@path", path),
                    ("@below", below),
                    ("@after", below[..^1] + "0")
                )
                .ExecuteReader();
            while (found.Read())
                rows.Add(Directory(found));
            return rows;
        });

    /// <summary>How many directories there are in all.</summary>
    public long DirectoryCount() =>
        Read(connection =>
            Convert.ToInt64(Command(connection, readCommands, "SELECT count(*) FROM directory").ExecuteScalar(), null)
        );

    /// <summary>How many files are kept of a directory.</summary>
    public long FileCount(long directory) =>
        Read(connection =>
            Convert.ToInt64(
                Command(
                        connection,
                        readCommands,
                        "SELECT count(*) FROM file WHERE directory = @directory",
                        ("@directory", directory)
                    )
                    .ExecuteScalar(),
                null
            )
        );

    /// <summary>The files of a directory, by name.</summary>
    /// <remarks>Page by page: the rows of one are gone before those of the next come, and no other question has to
    /// wait for the end.</remarks>
    public IEnumerable<FileRow> FilesOf(long directory)
    {
        for (var after = ""; ;)
        {
            var page = Files(
                "SELECT f.directory, f.name, f.stamp, f.content, c.sha256, c.data FROM file f JOIN content c ON c.id "
                    + "= f.content WHERE f.directory = @directory AND f.name > @after ORDER BY f.name LIMIT 512",
                ("@directory", directory),
                ("@after", after)
            );
            foreach (var row in page)
                yield return row;
            if (page.Count < 512)
                yield break;
            after = page[^1].Name;
        }
    }

    /// <summary>The files of a directory behind one name, up to another and with it; null is the beginning, or the
    /// end.</summary>
    public IReadOnlyList<FileRow> FilesBetween(long directory, string? after, string? last) =>
        last is null
            ? Files(
                "SELECT f.directory, f.name, f.stamp, f.content, c.sha256, c.data FROM file f JOIN content c ON c.id "
                    + "= f.content WHERE f.directory = @directory AND f.name > @after",
                ("@directory", directory),
                ("@after", after ?? "")
            )
            : Files(
                "SELECT f.directory, f.name, f.stamp, f.content, c.sha256, c.data FROM file f JOIN content c ON c.id "
                    + "= f.content WHERE f.directory = @directory AND f.name > @after AND f.name <= @last",
                ("@directory", directory),
                ("@after", after ?? ""),
                ("@last", last)
            );

    /// <summary>One file, or null.</summary>
    public FileRow? FileIn(string directory, string name) =>
        Files(
            "SELECT f.directory, f.name, f.stamp, f.content, c.sha256, c.data FROM directory d JOIN file f ON "
                + "f.directory = d.id JOIN content c ON c.id = f.content WHERE d.path = @path AND f.name = @name",
            ("@path", directory),
            ("@name", name)
        )
            is [var row]
            ? row
            : null;

    /// <summary>The files of all directories that hold the project.</summary>
    public IReadOnlyList<FileRow> FilesOfProject(string project) =>
        Files(
            "SELECT f.directory, f.name, f.stamp, f.content, c.sha256, c.data FROM project p JOIN content c ON c.id "
                + "= p.content JOIN file f ON f.content = c.id WHERE p.name = @project",
            ("@project", project)
        );

    /// <summary>The files of all directories of which something must be said.</summary>
    public IReadOnlyList<FileRow> DefectiveFiles() =>
        Files(
            "SELECT f.directory, f.name, f.stamp, f.content, c.sha256, c.data FROM content c JOIN file f ON "
                + "f.content = c.id WHERE c.defective = 1"
        );

    /// <summary>Readings of files of this name, whatever their content: (hash, bytes of the reading).</summary>
    public IReadOnlyList<(byte[] Sha256, byte[] Data)> Contents(string name) =>
        Read(connection =>
        {
            var rows = new List<(byte[], byte[])>();
            using var found = Command(
                    connection,
                    readCommands,
                    "SELECT sha256, data FROM content WHERE name = @name",
                    ("@name", name)
                )
                .ExecuteReader();
            while (found.Read())
                rows.Add(((byte[])found[0], (byte[])found[1]));
            return rows;
        });

    /// <summary>Every project of every directory.</summary>
    public IReadOnlyList<string> Projects() =>
        Read(connection =>
        {
            var names = new List<string>();
            using var found = Command(connection, readCommands, "SELECT DISTINCT name FROM project").ExecuteReader();
            while (found.Read())
                names.Add(found.GetString(0));
            return names;
        });

    /// <summary>The projects of some directories.</summary>
    public IReadOnlyList<string> Projects(IReadOnlySet<long> directories) =>
        Read<IReadOnlyList<string>>(connection =>
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var directory in directories)
            {
                using var found = Command(
                        connection,
                        readCommands,
                        "SELECT DISTINCT p.name FROM file f JOIN project p ON p.content = f.content WHERE "
                            + "f.directory = @directory",
                        ("@directory", directory)
                    )
                    .ExecuteReader();
                while (found.Read())
                    names.Add(found.GetString(0));
            }
            return [.. names];
        });

    /// <summary>Keeps all of it, or, where the process is killed or the disk is full, nothing.</summary>
    public void Write(
        IReadOnlyList<FileWrite> files,
        IReadOnlyList<DirectoryWrite> directories,
        IReadOnlyList<string> goneDirectories
    )
    {
        if (files.Count == 0 && directories.Count == 0 && goneDirectories.Count == 0)
            return;
        lock (writing)
        {
            if (unwritable is not null)
                throw unwritable;
            try
            {
                writer ??= Connect();
                foreach (var statement in BeginWrite)
                    Run(statement);
                try
                {
                    var batch = new Batch(this, writer);
                    foreach (var file in files)
                        batch.Keep(file);
                    foreach (var directory in directories)
                        batch.Complete(directory);
                    foreach (var path in goneDirectories)
                        batch.Remove(path);
                    batch.RemoveOrphans();
                    Run("COMMIT");
                }
                catch
                {
                    TryRun("ROLLBACK");
                    throw;
                }
            }
            catch (Exception e) when (e is not IndexException)
            {
                throw unwritable = Unusable(e);
            }
        }

        void Run(string statement) => Command(writer!, writeCommands, statement).ExecuteNonQuery();
        void TryRun(string statement)
        {
            try
            {
                Run(statement);
            }
            catch (Exception e) when (ReadingFault.IsOfOneFile(e))
            {
                // The first failure is reported.
            }
        }
    }

    public void Dispose()
    {
        foreach (var command in readCommands.Values.Concat(writeCommands.Values))
            command.Dispose();
        reader?.Dispose();
        writer?.Dispose();
        Release();
    }

    /// <summary>Frees what is shared by the connections.</summary>
    protected virtual void Release() { }

    private List<FileRow> Files(string sql, params (string Name, object Value)[] parameters) =>
        Read(connection =>
        {
            var rows = new List<FileRow>();
            using var found = Command(connection, readCommands, sql, parameters)
                .ExecuteReader(CommandBehavior.SequentialAccess);
            while (found.Read())
                rows.Add(
                    new FileRow(
                        found.GetInt64(0),
                        found.GetString(1),
                        (byte[])found[2],
                        found.GetInt64(3),
                        (byte[])found[4],
                        (byte[])found[5]
                    )
                );
            return rows;
        });

    private T Read<T>(Func<DbConnection, T> read)
    {
        lock (reading)
        {
            if (unreadable is not null)
                throw unreadable;
            try
            {
                reader ??= Connect();
                if (!snapshot)
                {
                    Command(reader, readCommands, BeginSnapshot).ExecuteNonQuery();
                    snapshot = true;
                }
                return read(reader);
            }
            catch (Exception e) when (e is not IndexException)
            {
                throw unreadable = Unusable(e);
            }
        }
    }

    private static DirectoryRow Directory(DbDataReader found) =>
        DirectoryRow.Of(
            found.GetInt64(0),
            found.GetString(1),
            found.IsDBNull(2) ? null : (byte[])found[2],
            found.GetString(3)
        );

#pragma warning disable CA2100 // every statement is a constant of this class or of its two kinds
    private static DbCommand Command(
        DbConnection connection,
        Dictionary<string, DbCommand> commands,
        string sql,
        params ReadOnlySpan<(string Name, object Value)> parameters
    )
    {
        if (!commands.TryGetValue(sql, out var command))
        {
            commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            foreach (var (name, _) in parameters)
            {
                var parameter = command.CreateParameter();
                parameter.ParameterName = name;
                command.Parameters.Add(parameter);
            }
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = command.Parameters[i];
            parameter.Value = parameters[i].Value;
            // A null has no type of its own, and PostgreSQL wants one.
            if (parameters[i].Value is DBNull)
                parameter.DbType = DbType.Binary;
        }
        return command;
    }
#pragma warning restore CA2100

    /// <summary>One transaction of the writer.</summary>
    private sealed class Batch(IndexDatabase database, DbConnection connection)
    {
        private readonly Dictionary<string, long> directories = new(StringComparer.Ordinal);
        private readonly HashSet<long> replaced = [];

        public void Keep(FileWrite file)
        {
            var directory = DirectoryOf(file.Directory);
            if (
                Number(
                    "SELECT content FROM file WHERE directory = @directory AND name = @name",
                    ("@directory", directory),
                    ("@name", file.Name)
                ) is
                { } former
            )
                replaced.Add(former);
            var data = ContentData.Seal(file.Name, file.Sha256, file.Data.Span);
            if (
                Number(
                    "SELECT id FROM content WHERE name = @name AND sha256 = @sha256",
                    ("@name", file.Name),
                    ("@sha256", file.Sha256)
                ) is
                { } content
            )
            {
                // The same again, but where it was damaged.
                Run(
                    "UPDATE content SET data = @data, defective = @defective WHERE id = @id AND data <> @data",
                    ("@data", data),
                    ("@defective", file.IsDefective ? 1 : 0),
                    ("@id", content)
                );
            }
            else
            {
                content = Number(
                    "INSERT INTO content (name, sha256, data, defective) VALUES (@name, @sha256, @data, @defective) "
                        + "RETURNING id",
                    ("@name", file.Name),
                    ("@sha256", file.Sha256),
                    ("@data", data),
                    ("@defective", file.IsDefective ? 1 : 0)
                )!.Value;
            }
            foreach (var project in file.Projects)
                Run(
                    "INSERT INTO project (name, content) VALUES (@name, @content) ON CONFLICT DO NOTHING",
                    ("@name", project),
                    ("@content", content)
                );
            Run(
                "INSERT INTO file (directory, name, stamp, content) VALUES (@directory, @name, @stamp, @content) ON "
                    + "CONFLICT (directory, name) DO UPDATE SET stamp = excluded.stamp, content = excluded.content",
                ("@directory", directory),
                ("@name", file.Name),
                ("@stamp", file.Stamp),
                ("@content", content)
            );
        }

        public void Complete(DirectoryWrite directory)
        {
            var id = DirectoryOf(directory.Path);
            foreach (var name in directory.Gone)
                Forget(id, name);
            var folders = DirectoryRow.TextOf(directory.Folders);
            var files = Number("SELECT count(*) FROM file WHERE directory = @directory", ("@directory", id))!.Value;
            var seal = directory.Identity is { } identity
                ? DirectoryRow.Seal(directory.Path, identity, (int)files, folders)
                : null;
            Run(
                "UPDATE directory SET identity = @identity, folders = @folders WHERE id = @id",
                ("@identity", (object?)seal ?? DBNull.Value),
                ("@folders", folders),
                ("@id", id)
            );
        }

        public void Remove(string path)
        {
            var id = DirectoryOf(path);
            using (
                var found = Prepared("SELECT content FROM file WHERE directory = @directory", ("@directory", id))
                    .ExecuteReader()
            )
            {
                while (found.Read())
                    replaced.Add(found.GetInt64(0));
            }
            Run("DELETE FROM file WHERE directory = @directory", ("@directory", id));
            Run("DELETE FROM directory WHERE id = @id", ("@id", id));
            directories.Remove(path);
        }

        /// <summary>Contents that no file has any more are dropped.</summary>
        public void RemoveOrphans()
        {
            foreach (var content in replaced)
            {
                if (Number("SELECT 1 FROM file WHERE content = @content LIMIT 1", ("@content", content)) is not null)
                    continue;
                Run("DELETE FROM project WHERE content = @content", ("@content", content));
                Run("DELETE FROM content WHERE id = @content", ("@content", content));
            }
        }

        private void Forget(long directory, string name)
        {
            if (
                Number(
                    "SELECT content FROM file WHERE directory = @directory AND name = @name",
                    ("@directory", directory),
                    ("@name", name)
                )
                is not { } content
            )
                return;
            replaced.Add(content);
            Run(
                "DELETE FROM file WHERE directory = @directory AND name = @name",
                ("@directory", directory),
                ("@name", name)
            );
        }

        private long DirectoryOf(string path)
        {
            if (directories.TryGetValue(path, out var id))
                return id;
            return directories[path] =
                Number("SELECT id FROM directory WHERE path = @path", ("@path", path))
                ?? Number(
                    "INSERT INTO directory (path, folders) VALUES (@path, '') RETURNING id",
                    ("@path", path)
                )!.Value;
        }

        private void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
            Prepared(sql, parameters).ExecuteNonQuery();

        private long? Number(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
            Prepared(sql, parameters).ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, null) : null;

        private DbCommand Prepared(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) =>
            Command(connection, database.writeCommands, sql, parameters);
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Resolver.Archives.Files;

namespace Resolver.Archives.Index;

/// <summary>The index as one file of SQLite, for one user on one machine. Safe for several processes at once, and
/// after any of them is killed.</summary>
/// <param name="mostPages">How large it may grow, as a disk that is nearly full would have it; 0 for no bound.</param>
internal class SqliteIndex(string file, int mostPages = 0) : IndexDatabase
{
    // What no statement of ours meets in a file as we made it: an error in SQL, a broken constraint.
    private const int Error = 1,
        Corrupt = 11,
        Constraint = 19,
        NotADatabase = 26;
    private const int Format = 1;

    private const string Schema = """
        CREATE TABLE directory (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, identity BLOB, folders TEXT NOT NULL);
        CREATE TABLE content (id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 BLOB NOT NULL, data BLOB NOT NULL, defective INTEGER NOT NULL, UNIQUE (name, sha256));
        CREATE TABLE file (directory INTEGER NOT NULL, name TEXT NOT NULL, stamp BLOB NOT NULL, content INTEGER NOT NULL, PRIMARY KEY (directory, name)) WITHOUT ROWID;
        CREATE TABLE project (name TEXT NOT NULL, content INTEGER NOT NULL, PRIMARY KEY (name, content)) WITHOUT ROWID;
        CREATE INDEX file_content ON file (content);
        CREATE INDEX project_content ON project (content);
        CREATE INDEX content_defective ON content (id) WHERE defective = 1;
        PRAGMA user_version = 1;
        """;

    public override bool WithDevice => true;

    protected override string BeginSnapshot => "BEGIN";

    // Not 'BEGIN': who reads first and writes later fails where another has written in between.
    protected override IReadOnlyList<string> BeginWrite { get; } = ["BEGIN IMMEDIATE"];

    protected override DbConnection Connect()
    {
        var folder = Path.GetDirectoryName(file)!;
        Directory.CreateDirectory(folder);
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Pooling = false,
                DefaultTimeout = 1, // seconds: a scan continues without the index if another process locks it
            }.ToString()
        );
        try
        {
            connection.Open();
            var isNew = false;
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version";
            if (Convert.ToInt32(command.ExecuteScalar(), null) != Format)
            {
                // Writers do not keep readers out, and a transaction needs no wait for the disk: after a power
                // failure the last ones may be missing, never a part of one.
                command.CommandText = "PRAGMA journal_mode = WAL";
                command.ExecuteNonQuery();
                command.CommandText = "BEGIN IMMEDIATE";
                command.ExecuteNonQuery();
                command.CommandText = "PRAGMA user_version";
                if (Convert.ToInt32(command.ExecuteScalar(), null) != Format)
                {
                    command.CommandText = Schema;
                    command.ExecuteNonQuery();
                    isNew = true;
                }
                command.CommandText = "COMMIT";
                command.ExecuteNonQuery();
                if (isNew)
                    FormerIndexes.Remove(file);
            }
            command.CommandText = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192;";
            command.ExecuteNonQuery();
#pragma warning disable CA2100 // a number
            if (mostPages > 0)
                command.CommandText = $"PRAGMA max_page_count = {mostPages}";
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    protected override IndexException? Translate(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => new IndexException(
                $"{file}: {Reason(sqlite.Message)}",
                sqlite,
                sqlite.SqliteErrorCode is Error or Corrupt or Constraint or NotADatabase
            ),
            IOException or UnauthorizedAccessException => new IndexException(
                $"{file}: {FileFault.Reason(exception)}",
                exception
            ),
            TypeInitializationException or DllNotFoundException => new IndexException(
                $"SQLite's library cannot be loaded "
                    + $"({(exception.InnerException ?? exception).Message.Split('\n')[0].TrimEnd('.')})",
                exception
            ),
            InvalidCastException or InvalidOperationException or OverflowException or FormatException => Damaged(
                exception
            ), // a value of another kind than was written, or none
            _ => null,
        };

    /// <inheritdoc/>
    public override IndexException Damaged(Exception? inner = null) =>
        new($"{file}: it holds what was never written there", inner, isDamaged: true);

    /// <summary>Of <c>SQLite Error 13: 'database or disk is full'.</c> what is between the quotes.</summary>
    private static string Reason(string message) => message.Split('\'') is [_, var reason, ..] ? reason : message;

    /// <summary>Deletes the file, so that the next one starts empty. Processes that have it open keep
    /// the old one.</summary>
    public static void Delete(string file)
    {
        foreach (var each in (string[])[file, file + "-wal", file + "-shm"])
        {
            try
            {
                File.Delete(each);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is reported as corrupt once more.
            }
        }
    }
}

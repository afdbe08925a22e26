using System.Data.Common;
using Npgsql;

namespace Resolver.Archives.Index;

/// <summary>The index in PostgreSQL, for an archive that many hosts share: what one of them has read, the others need
/// not read again.</summary>
/// <remarks>Each version of the format and of the reader has a schema of its own, so that hosts of different versions
/// do not undo each other's work.</remarks>
internal sealed class PostgresIndex : IndexDatabase
{
    private readonly NpgsqlDataSource source;
    private readonly string shown;
    private readonly string schema;
    private bool isReady;

    /// <param name="url"><c>postgres://USER:PASSWORD@HOST:PORT/DATABASE?OPTION=VALUE</c>.</param>
    /// <param name="version">Of the format and the reader; letters and digits.</param>
    /// <exception cref="FormatException">It is no such URL.</exception>
    public PostgresIndex(string url, string version)
    {
        var settings = PostgresUrl.Read(url);
        shown = $"postgres://{settings.Host}:{settings.Port}/{settings.Database}";
        schema = $"resolver_{version}";
        settings.SearchPath = schema;
        settings.ApplicationName ??= "resolver";
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableTransportSecurity();
        source = builder.Build();
    }

    // Each host numbers its devices for itself; inode, size and times are those of the file system that they share.
    public override bool WithDevice => false;

    protected override string BeginSnapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    // One writer at a time, as in SQLite: who waits for a lock cannot be in a deadlock over rows.
    protected override IReadOnlyList<string> BeginWrite { get; } =
    ["BEGIN", "SELECT pg_advisory_xact_lock(hashtext(current_schema()))"];

    protected override DbConnection Connect()
    {
        var connection = source.OpenConnection();
        try
        {
            if (!isReady)
                MakeTables(connection);
            isReady = true;
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
            PostgresException postgres => new IndexException($"{shown}: {postgres.MessageText}", postgres),
            NpgsqlException or System.Net.Sockets.SocketException or TimeoutException or IOException =>
                new IndexException($"{shown}: {exception.Message.Split('\n')[0].TrimEnd('.')}", exception),
            InvalidCastException or OverflowException or FormatException => Damaged(exception),
            _ => null,
        };

    /// <inheritdoc/>
    public override IndexException Damaged(Exception? inner = null) =>
        new($"{shown}: it holds what was never written there", inner);

    protected override void Release() => source.Dispose();

#pragma warning disable CA2100 // the schema's name is of letters and digits
    private void MakeTables(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT to_regclass('{schema}.project_content') IS NOT NULL";
        if (command.ExecuteScalar() is true)
            return;
        // Names and paths are compared by their bytes: not every locale of a database distinguishes all texts by its
        // order.
        command.CommandText = $"""
            BEGIN;
            SELECT pg_advisory_xact_lock(hashtext('{schema}'));
            CREATE SCHEMA IF NOT EXISTS {schema};
            CREATE TABLE IF NOT EXISTS {schema}.directory (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path TEXT COLLATE "C" NOT NULL UNIQUE, identity BYTEA, folders TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS {schema}.content (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name TEXT COLLATE "C" NOT NULL, sha256 BYTEA NOT NULL, data BYTEA NOT NULL, defective INTEGER NOT NULL, UNIQUE (name, sha256));
            CREATE TABLE IF NOT EXISTS {schema}.file (directory BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL, stamp BYTEA NOT NULL, content BIGINT NOT NULL, PRIMARY KEY (directory, name));
            CREATE TABLE IF NOT EXISTS {schema}.project (name TEXT COLLATE "C" NOT NULL, content BIGINT NOT NULL, PRIMARY KEY (name, content));
            CREATE INDEX IF NOT EXISTS file_content ON {schema}.file (content);
            CREATE INDEX IF NOT EXISTS content_defective ON {schema}.content (id) WHERE defective = 1;
            CREATE INDEX IF NOT EXISTS project_content ON {schema}.project (content);
            COMMIT;
            """;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}

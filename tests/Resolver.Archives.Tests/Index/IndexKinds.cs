using Npgsql;
using Resolver.Archives.Index;
using Xunit;

namespace Resolver.Archives.Tests.Index;

/// <summary>Both kinds of index, so that one law holds for both. PostgreSQL is tested where RESOLVER_POSTGRES names a
/// server (<c>postgres://…</c>); .ci/run starts one.</summary>
internal static class IndexKinds
{
    public static TheoryData<string> All => ["sqlite", "postgres"];

    /// <summary>An index that is empty at first; the same place each time within one scratch folder.</summary>
    public static ArchiveIndex Open(string kind, Scratch scratch, Action<string>? warn = null)
    {
        warn ??= message => Assert.Fail(message);
        return kind == "sqlite"
            ? ArchiveIndex.InDirectory(scratch["cache"], warn)
            : ArchiveIndex.InPostgres(Server(), warn);
    }

    /// <summary>Forgets everything.</summary>
    public static void Clear(string kind, Scratch scratch)
    {
        if (kind == "sqlite")
        {
            if (Directory.Exists(scratch["cache"]))
                Directory.Delete(scratch["cache"], recursive: true);
            return;
        }
        using var source = NpgsqlDataSource.Create(PostgresUrl.Read(Server()).ConnectionString);
        using var command = source.CreateCommand($"DROP SCHEMA IF EXISTS resolver_{ReaderVersion.Text} CASCADE");
        command.ExecuteNonQuery();
    }

    private static string Server()
    {
        var server = Environment.GetEnvironmentVariable("RESOLVER_POSTGRES");
        Assert.SkipUnless(
            !string.IsNullOrEmpty(server),
            "set RESOLVER_POSTGRES to the URL of a server whose database may be filled and emptied"
        );
        return server!;
    }
}

using Microsoft.Data.Sqlite;

namespace Resolver.Archives.Index;

/// <summary>Indexes that other versions of the program made and nobody uses any more.</summary>
internal static class FormerIndexes
{
    // Who goes to and fro between two versions keeps both.
    private static readonly TimeSpan Unused = TimeSpan.FromDays(14);

    /// <summary>Deletes what lies beside an index that was just made: files named as ours are, not looked at for two
    /// weeks, that no process has open. What cannot be deleted stays.</summary>
    public static void Remove(string current)
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(current)!, "archives-*.sqlite"))
            {
                if (file != current && IsNamedAsOurs(file) && LastUse(file) < DateTime.UtcNow - Unused && IsOurs(file))
                    SqliteIndex.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            // It is tried again when the next index is made.
        }
    }

    private static DateTime LastUse(string file) =>
        ((string[])[file, file + "-wal"])
            .Where(File.Exists)
            .SelectMany(each => (DateTime[])[File.GetLastWriteTimeUtc(each), File.GetLastAccessTimeUtc(each)])
            .Max();

    /// <summary>Whether it is such an index, and this process could have it for itself: whoever has it open, in
    /// whatever way, is in the way of that.</summary>
    private static bool IsOurs(string file)
    {
        if (new FileInfo(file) is not { LinkTarget: null })
            return false;
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 1,
            }.ToString()
        );
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA locking_mode = EXCLUSIVE";
            command.ExecuteNonQuery();
            command.CommandText = "BEGIN EXCLUSIVE";
            command.ExecuteNonQuery();
            command.CommandText =
                "SELECT count(*) FROM sqlite_master WHERE name IN ('directory', 'content', 'file', 'project') AND "
                + "type = 'table'";
            return Convert.ToInt32(command.ExecuteScalar(), null) == 4;
        }
        catch (SqliteException)
        {
            return false; // in use, or no database
        }
    }

    /// <summary>Whether a file is named as <see cref="ArchiveIndex.InDirectory"/> names its own.</summary>
    private static bool IsNamedAsOurs(string file) =>
        Path.GetFileNameWithoutExtension(file)["archives-".Length..] is { Length: ReaderVersion.Length } version
        && version.All(char.IsAsciiHexDigitLower);
}

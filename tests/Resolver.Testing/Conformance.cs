using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Resolver.Testing;

/// <summary>
/// Cases labelled by the reference implementations. They are no part of the repository: the folder is named by
/// RESOLVER_CONFORMANCE, or lies in <c>shared/conformance</c> beside the repository. Where there is none, the tests
/// that need it are skipped.
/// </summary>
public static class Conformance
{
    private const int MismatchesShown = 20;

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Folder { get; } = FindFolder();

    /// <summary>Whether a file is there, plain or gzipped.</summary>
    public static bool Has(string name) =>
        Folder is not null
        && (File.Exists(Path.Combine(Folder, name)) || File.Exists(Path.Combine(Folder, name + ".gz")));

    /// <summary>Reads a JSON file by its name without <c>.gz</c>; skips the running test where it is absent.</summary>
    public static JsonDocument Open(string name)
    {
        Assert.SkipUnless(
            Has(name),
            $"no conformance data '{name}': set RESOLVER_CONFORMANCE to the folder that holds it"
        );
        return Read(Path.Combine(Folder!, name));
    }

    /// <summary>The files of a subfolder and the folders below it, sorted, without <c>.gz</c>; skips the running test
    /// where there are none.</summary>
    public static IReadOnlyList<string> Files(string subfolder)
    {
        var root = Folder is null ? null : Path.Combine(Folder, subfolder);
        Assert.SkipUnless(
            root is not null && Directory.Exists(root),
            $"no conformance data in '{subfolder}': set RESOLVER_CONFORMANCE to the folder that holds it"
        );
        return
        [
            .. Directory
                .EnumerateFiles(root!, "*.json*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Folder!, path).Replace('\\', '/'))
                .Select(path => path.EndsWith(".gz", StringComparison.Ordinal) ? path[..^3] : path)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Judges every element of an array and fails with all that do not agree: how many, and the first of
    /// them.</summary>
    /// <param name="name">The file.</param>
    /// <param name="array">The property of its root that holds the array.</param>
    /// <param name="judge">Null where the case agrees, else what is different. An exception counts as a
    /// difference.</param>
    public static void Check(string name, string array, Func<JsonElement, string?> judge)
    {
        using var document = Open(name);
        var rows = document.RootElement.GetProperty(array);
        var count = 0;
        var mismatches = new List<string>();
        foreach (var row in rows.EnumerateArray())
        {
            count++;
            if (Judge(judge, row) is { } difference)
                mismatches.Add($"{Shorten(row.GetRawText())}\n    {difference}");
        }
        Assert.True(count > 0, $"{name} has no cases in '{array}'");
        if (mismatches.Count == 0)
            return;
        var report = new StringBuilder().AppendLine($"{name} {array}: {mismatches.Count} of {count} cases differ");
        foreach (var mismatch in mismatches.Take(MismatchesShown))
            report.AppendLine(mismatch);
        Assert.Fail(report.ToString());
    }

    private static string? Judge(Func<JsonElement, string?> judge, JsonElement row)
    {
        try
        {
            return judge(row);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private static string Shorten(string text) => text.Length <= 400 ? text : text[..400] + "…";

    private static JsonDocument Read(string path)
    {
        if (File.Exists(path))
            return JsonDocument.Parse(File.ReadAllBytes(path));
        using var file = File.OpenRead(path + ".gz");
        using var plain = new GZipStream(file, CompressionMode.Decompress);
        return JsonDocument.Parse(plain);
    }

    private static string? FindFolder()
    {
        if (Environment.GetEnvironmentVariable("RESOLVER_CONFORMANCE") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Resolver.sln")))
                continue;
            var beside = Path.Combine(folder.Parent?.FullName ?? "/", "shared", "conformance");
            return Directory.Exists(beside) ? beside : null;
        }
        return null;
    }
}

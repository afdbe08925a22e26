using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;

namespace Resolver.Fuzzing;

/// <summary>A project whose files are in memory.</summary>
internal sealed class MemoryFiles(IReadOnlyDictionary<string, byte[]> files, string prefix, ReadingBudget budget)
    : ProjectFiles
{
    public override ReadingBudget Budget => budget;

    public override string Place => "a-1.0.tar.gz";

    public override string? FolderName => "a-1.0";

    public override ProjectFiles In(string folder) => new MemoryFiles(files, $"{prefix}{folder}/", budget);

    public override string? OutsideTarget(string path) => null;

    public override bool Exists(string path) => files.ContainsKey(prefix + path);

    public override byte[]? Read(string path) => files.GetValueOrDefault(prefix + path);

    public override IReadOnlyList<string> Folders(string folder)
    {
        var start = folder.Length == 0 ? prefix : $"{prefix}{folder}/";
        return
        [
            .. files
                .Keys.Where(path => path.StartsWith(start, StringComparison.Ordinal))
                .Select(path => path[start.Length..])
                .Where(path => path.Contains('/', StringComparison.Ordinal))
                .Select(path => path[..path.IndexOf('/', StringComparison.Ordinal)])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }
}

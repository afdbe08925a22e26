using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>Follows includes depth first; the chain from the outermost file is kept, so that a cycle is an error and
/// a file included twice is not.</summary>
internal sealed class RequirementFileReader(Func<string, byte[]?> open, Func<string, string?> environment)
{
    private const int DeepestChain = 100;

    // Files that include others twice make 2^n readings out of n files.
    private const int MostFiles = 10_000;

    private readonly List<RequirementLine> lines = [];
    private readonly List<DocumentError> errors = [];
    private readonly List<DocumentError> warnings = [];
    private readonly List<string> chain = [];
    private int files;

    public RequirementFile Read(string path, bool areConstraints)
    {
        Follow(IncludePath.Normalize(path), path, areConstraints, null);
        return new RequirementFile(path, lines, errors, warnings);
    }

    private void Follow(string path, string shown, bool areConstraints, (string File, int Line)? from)
    {
        var kind = areConstraints ? "constraint" : "requirement";
        if (chain.Contains(path))
            Fail(
                $"the {kind} file {OneLine.Quote(shown)}, which includes itself by "
                    + $"{string.Join(" -> ", [.. chain.SkipWhile(p => p != path), path])}",
                "includes without a cycle"
            );
        else if (chain.Count == DeepestChain)
            Fail($"includes nested more than {DeepestChain} deep", "fewer");
        else if (++files > MostFiles)
            Fail($"more than {MostFiles} includes", "fewer");
        else if (open(path) is not { } bytes)
            Fail($"no readable file {OneLine.Quote(shown)}", $"a {kind} file");
        else if (RequirementFileText.Decode(bytes, path) is var content && !content.Success)
            errors.Add(content.Error);
        else
        {
            chain.Add(path);
            foreach (var (line, text) in RequirementFileText.LogicalLines(content.Value, environment))
                ReadLine(path, line, text, areConstraints);
            chain.RemoveAt(chain.Count - 1);
        }

        void Fail(string found, string expected) =>
            errors.Add(new DocumentError(from?.File ?? path, from?.Line ?? 0, 0, found, expected));
    }

    private void ReadLine(string file, int line, string text, bool areConstraints)
    {
        var parser = new RequirementLineParser(file, line, areConstraints, errors, warnings);
        if (parser.Parse(text) is { } parsed)
            lines.AddRange(parsed);
        else if (parser.Include is { } include)
            Follow(IncludePath.Join(file, include.Path), include.Path, include.AreConstraints, (file, line));
    }
}

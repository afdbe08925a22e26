namespace Resolver.Interpreters;

/// <summary>Start-up code of an interpreter that failed: <c>sitecustomize</c>, <c>usercustomize</c>, lines of
/// <c>.pth</c> files. Python reports them on standard error, and continues without their effects.</summary>
public static class StartUpFailures
{
    /// <summary>What failed, each with its error and with what is missing because of it; in the order in which Python
    /// said so.</summary>
    /// <param name="error">What the interpreter wrote to standard error.</param>
    public static IReadOnlyList<string> Of(string error)
    {
        var found = new List<string>();
        var lines = error.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Between(lines[i], "Error in ", "; set PYTHONVERBOSE") is { } module)
                found.Add(Told(module, i + 1 < lines.Length ? lines[i + 1].Trim() : ""));
            else if (
                lines[i].StartsWith("Error processing line ", StringComparison.Ordinal)
                && Between(lines[i] + "\n", " of ", ":\n") is { } file
            )
                found.Add(
                    Told(
                        file,
                        lines
                            .Skip(i + 1)
                            .SkipWhile(line => line.Length == 0)
                            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
                            .LastOrDefault("")
                            .Trim()
                    )
                );
        }
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static string Told(string what, string error) =>
        $"{what} failed when the interpreter started ({error}): finders and path entries that it sets up are "
        + $"missing, and so is what they would show as installed";

    private static string? Between(string line, string start, string end)
    {
        var from = line.IndexOf(start, StringComparison.Ordinal);
        if (from < 0)
            return null;
        from += start.Length;
        var to = line.IndexOf(end, from, StringComparison.Ordinal);
        return to < 0 ? null : line[from..to];
    }
}

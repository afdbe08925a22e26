namespace Resolver.Resolution.Explanations.Hints;

/// <summary>A near miss. <paramref name="Why"/> is a stable word: <c>requires-python</c>, <c>out-of-range</c>,
/// <c>prerelease</c>, <c>yanked</c>, <c>tags</c>, <c>metadata</c>, <c>misspelt</c>, <c>policy</c>, <c>excluded</c>,
/// <c>pinned</c>, <c>constraint</c>, <c>extra</c>, <c>cycle</c>, <c>hidden</c>.</summary>
public sealed record Hint(string Name, string? Version, string Why, string Detail)
{
    /// <summary>Whether the text of the explanation says it already, so that a person need not read it twice.</summary>
    public bool IsTold { get; init; }

    /// <summary>Of a misspelt name: the name that is probably meant.</summary>
    public string? Meant { get; init; }
}

namespace Resolver.Resolution.Problems;

/// <summary>The words for kinds of reasons.</summary>
public static class UnusableKinds
{
    /// <summary>The stable word, as output for programs has it.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is none of the kinds.</exception>
    public static string Word(this UnusableKind kind) =>
        kind switch
        {
            UnusableKind.Metadata => "metadata",
            UnusableKind.Pinned => "pinned",
            UnusableKind.Excluded => "excluded",
            UnusableKind.RequiresPython => "requires-python",
            UnusableKind.Tags => "tags",
            UnusableKind.Policy => "policy",
            UnusableKind.Yanked => "yanked",
            UnusableKind.Prerelease => "prerelease",
            UnusableKind.Absent => "absent",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
}

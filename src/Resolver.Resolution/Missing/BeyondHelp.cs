namespace Resolver.Resolution.Missing;

/// <summary>Something that was requested, or given as part of a batch, and that nothing which could be added makes
/// possible.</summary>
/// <param name="Requirement">What it is; of a batch <c>name==version</c>.</param>
/// <param name="Reason">Why, for a person, one line.</param>
public sealed record BeyondHelp(string Requirement, string Reason)
{
    /// <summary>What it is, for a person; of a batch <c>name version</c>.</summary>
    public string Subject { get; init; } = Requirement;

    /// <summary>Whether <see cref="Reason"/> begins with its name.</summary>
    public bool IsSubjectOfReason { get; init; }

    /// <summary>The other version of the same project that was given, where that is the whole reason; else
    /// null.</summary>
    public string? Instead { get; init; }
}

namespace Resolver.Cli.Configuration;

/// <summary>Where a value was said.</summary>
/// <param name="Place">What kind of place.</param>
/// <param name="Name">The environment variable, or the file as messages name it; null for the command line and for
/// defaults.</param>
/// <param name="Line">The line of the file, from 1; 0 where there is none.</param>
internal readonly record struct Origin(OriginKind Place, string? Name = null, int Line = 0)
{
    public static Origin CommandLine { get; } = new(OriginKind.CommandLine);

    public static Origin Default { get; } = new(OriginKind.Default);

    /// <summary>For a person: <c>FILE:LINE</c>, the variable's name, or the kind of place.</summary>
    public override string ToString() =>
        Place switch
        {
            OriginKind.CommandLine => "command line",
            OriginKind.Default => "default",
            _ => Line > 0 ? $"{Name}:{Line}" : Name ?? "",
        };
}

namespace Resolver.Application.Targets;

/// <summary>The environment that a plan is for, as requested. Without a prefix, target or root the plan is for the
/// interpreter's own site directories.</summary>
/// <param name="Python">The interpreter: a path, or a name on PATH.</param>
/// <param name="Installed">Further prefixes or site directories whose distributions count as installed.</param>
/// <param name="NoInstalled">Whether nothing counts as installed.</param>
/// <param name="Prefix">A prefix to install into, or a template with <c>{name}</c> and <c>{version}</c>.</param>
/// <param name="Target">A directory of modules to install into.</param>
/// <param name="Root">A directory that stands for <c>/</c>.</param>
/// <param name="FoundByFinder">Whether the interpreter's own finder shows the destination, instead of
/// PYTHONPATH.</param>
public sealed record TargetSettings(
    string Python,
    IReadOnlyList<string> Installed,
    bool NoInstalled,
    string? Prefix,
    string? Target,
    string? Root,
    bool FoundByFinder = false
)
{
    /// <summary>The environment of <c>python3</c> on PATH, with what is installed there.</summary>
    public static TargetSettings Default { get; } = new("python3", [], false, null, null, null);
}

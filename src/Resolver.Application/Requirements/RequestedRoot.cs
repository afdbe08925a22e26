using Resolver.Application.Inputs;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;

namespace Resolver.Application.Requirements;

/// <summary>Something that the user requests, as it was written: a requirement, or a file or URL without a
/// name.</summary>
/// <param name="Target">What was written.</param>
/// <param name="Place">The file and line that it stands in, for a person; null for an argument.</param>
/// <param name="Line">The line of the requirement file, with its own options; null where it is in none.</param>
/// <param name="IsEditable">Whether it was given by <c>-e</c>.</param>
internal sealed record RequestedRoot(
    RequirementTarget Target,
    string? Place,
    RequirementLine.Dependency? Line = null,
    bool IsEditable = false
)
{
    /// <summary>A requirement that names its project.</summary>
    public static RequestedRoot Of(Requirement requirement) => new(new RequirementTarget.Named(requirement), null);

    /// <summary>An input that is wrong: a wrong command line where it is an argument, else a file that cannot be
    /// used.</summary>
    public InputException Wrong(string message, string? hint = null) =>
        Place is null ? InputException.Usage(message, hint) : InputException.BadInput($"{Place}: {message}", hint);
}

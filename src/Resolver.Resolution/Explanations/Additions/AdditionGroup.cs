using Resolver.Packaging.Names;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>All files of one project that could be added for one reason: a list names the project, not each of
/// them.</summary>
internal readonly record struct AdditionGroup(PackageName Project, AdditionKind Kind) : IComparable<AdditionGroup>
{
    /// <summary>By name, so that lists do not depend on how they were found.</summary>
    public int CompareTo(AdditionGroup other) =>
        Project.CompareTo(other.Project) is not 0 and var order ? order : Kind.CompareTo(other.Kind);
}

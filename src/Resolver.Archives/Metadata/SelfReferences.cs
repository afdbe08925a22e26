using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.PyProjects;

namespace Resolver.Archives.Metadata;

/// <summary>Extras that name the project itself (<c>all = ["app[x,y]"]</c>). Most backends write them as they are;
/// hatchling puts in their place what they stand for.</summary>
internal static class SelfReferences
{
    /// <summary>Requires-Dist as hatchling writes it; markers on a self-reference are dropped, as there.</summary>
    public static IReadOnlyList<DeclaredRequirement> Expanded(
        ProjectTable project,
        IReadOnlyList<DeclaredRequirement> requires
    )
    {
        if (
            project.Name is not { } name
            || project.OptionalDependencies is not { } optional
            || !optional.Any(o => o.Requirements.Any(r => IsSelf(r, name)))
        )
            return requires;
        var all = new List<DeclaredRequirement>(project.Dependencies ?? []);
        foreach (var extra in optional)
        {
            var members = new List<DeclaredRequirement>();
            Collect(extra.Extra, []);
            all.AddRange(members.DistinctBy(m => m.Text).Select(m => ExtraRequirements.Of(m, extra.Extra)));

            void Collect(ExtraName from, HashSet<ExtraName> seen)
            {
                if (!seen.Add(from))
                    return;
                foreach (var requirement in optional.Where(o => o.Extra == from).SelectMany(o => o.Requirements))
                {
                    if (!IsSelf(requirement, name))
                        members.Add(requirement);
                    else
                        foreach (var inner in requirement.Parsed.Value.Extras)
                            Collect(inner, seen);
                }
            }
        }
        return all;
    }

    private static bool IsSelf(DeclaredRequirement requirement, PackageName name) =>
        requirement.Parsed.Success && requirement.Parsed.Value.Name == name;
}

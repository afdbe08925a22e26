using Resolver.Application.Installed;
using Resolver.Cli.Configuration;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Packaging.RequirementFiles;

namespace Resolver.Cli.Inputs;

/// <summary>Names on the command line of what is installed.</summary>
internal static class InstalledNames
{
    /// <summary>The projects of these names, in their order, each once; a warning for each that is not
    /// installed.</summary>
    /// <exception cref="CommandException">Something is no name.</exception>
    public static IReadOnlyList<InstalledProject> Find(
        IReadOnlyList<string> names,
        InstalledProjects installed,
        Diagnostics diagnostics
    )
    {
        var found = new List<InstalledProject>();
        foreach (var text in names)
        {
            if (PackageName.TryParse(text) is not { Success: true, Value: var name })
                throw IsNoName(text);
            if (installed.Find(name) is { } project)
                found.Add(project);
            else if (RequirementTarget.TryParse(text).Value is not RequirementTarget.Named)
                throw IsNoName(text);
            else
                diagnostics.Warning($"{text} is not installed{Meant(name, installed)}");
        }
        return [.. found.Distinct()];
    }

    private static CommandException IsNoName(string text) =>
        CommandException.Usage($"'{text}' is not the name of a project", null);

    private static string Meant(PackageName name, InstalledProjects installed) =>
        NearestName.To(name.Normalized, installed.All.Select(each => each.Name.Normalized)) is { } nearest
            ? $"; did you mean {nearest}?"
            : "";
}

using Resolver.Application.Inputs;
using Resolver.Application.Targets;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Interpreters;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;

namespace Resolver.Application.Installed;

/// <summary>What is installed, as the interpreter and its finders see it and in the given places: of each project the
/// one that is found first.</summary>
public sealed class InstalledProjects
{
    private readonly Dictionary<PackageName, InstalledProject> byName;

    private InstalledProjects(
        Interpreter interpreter,
        IReadOnlyList<InstalledProject> all,
        IReadOnlyList<InstalledNeed> needs
    )
    {
        Interpreter = interpreter;
        All = all;
        Needs = needs;
        byName = all.ToDictionary(each => each.Name);
    }

    /// <summary>The interpreter that sees them.</summary>
    public Interpreter Interpreter { get; }

    /// <summary>By name.</summary>
    public IReadOnlyList<InstalledProject> All { get; }

    /// <summary>What they need of each other, met or not.</summary>
    public IReadOnlyList<InstalledNeed> Needs { get; }

    /// <summary>Opens what is installed.</summary>
    /// <param name="cache">As for <see cref="TargetEnvironment.OpenAsync"/>.</param>
    /// <exception cref="InputException">A place does not exist: an empty answer would be taken for the
    /// truth.</exception>
    /// <exception cref="InterpreterException">The interpreter cannot be asked.</exception>
    public static Task<TargetEnvironment> OpenAsync(
        TargetSettings settings,
        string? cache,
        CancellationToken cancellation
    ) =>
        (settings.Root ?? settings.Target ?? settings.Prefix) is { } place && !Directory.Exists(place)
            ? throw InputException.BadInput($"{place}: no such directory")
            : TargetEnvironment.OpenAsync(settings, cache, onlyPlans: false, cancellation);

    /// <summary>What is installed there.</summary>
    /// <param name="onlyInPlaces">Whether only what lies in the destination and in the further places counts; if
    /// neither is named, what the interpreter's own environment holds, without what a virtual environment inherits
    /// (as <c>pip list --local</c>).</param>
    public static InstalledProjects Of(TargetEnvironment workplace, bool onlyInPlaces)
    {
        var links = EggLink.In(workplace.Interpreter.SearchPath).ToLookup(link => link.Name);
        var isLocal = onlyInPlaces ? LocalPlaces(workplace) : _ => true;
        var all = workplace
            .Installed.Where(each => each.Name is not null && !InstalledDefects.IsLeftover(each))
            .DistinctBy(each => each.Name)
            .Select(each => new InstalledProject(each, LinkTo(each, links)))
            .Where(each => isLocal(each.EggLink is { } link ? Path.GetDirectoryName(link) : each.Location))
            .OrderBy(each => each.Name)
            .ToList();
        var needs = InstalledConsistency.Needs(Candidates(workplace), workplace.Interpreter.Environment);
        var names = all.Select(each => each.Name).ToHashSet();
        return new InstalledProjects(
            workplace.Interpreter,
            all,
            [.. needs.Where(need => names.Contains(need.By.Name))]
        );
    }

    /// <summary>The one of this name; null where there is none.</summary>
    public InstalledProject? Find(PackageName name) => byName.GetValueOrDefault(name);

    /// <summary>Projects that nothing else of these needs.</summary>
    public IReadOnlyList<InstalledProject> NotRequired()
    {
        var required = Needs
            .Where(need => need.By.Name != need.Requirement.Name)
            .Select(need => need.Requirement.Name)
            .ToHashSet();
        return [.. All.Where(each => !required.Contains(each.Name))];
    }

    private static string? LinkTo(Distribution distribution, ILookup<PackageName, EggLink> links) =>
        distribution is { Name: { } name, Path: { } path }
        && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder
            ? links[name].FirstOrDefault(link => link.Location == folder)?.File
            : null;

    private static Func<string?, bool> LocalPlaces(TargetEnvironment workplace)
    {
        if (workplace.Destination is null && workplace.SearchPath.Count == 0)
        {
            var (own, based) = (workplace.Interpreter.Prefix, workplace.Interpreter.BasePrefix);
            var below = own.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
            return location =>
                own == based || (location is not null && location.StartsWith(below, StringComparison.Ordinal));
        }
        var places = workplace.Places.Select(Path.GetFullPath).ToHashSet(StringComparer.Ordinal);
        return location => location is not null && places.Contains(location);
    }

    /// <summary>What is installed, for judging requirements: the first of each name. One requirement that cannot be
    /// read hides nothing of the others.</summary>
    public static IReadOnlyList<Candidate> Candidates(TargetEnvironment workplace) =>
        [
            .. workplace
                .Installed.Select(each =>
                    ArchiveCandidateSource.ToCandidate(
                        each.RequiresDist is null ? each with { RequiresDist = each.ReadableRequires } : each
                    )
                )
                .OfType<Candidate>()
                .DistinctBy(candidate => candidate.Name),
        ];
}

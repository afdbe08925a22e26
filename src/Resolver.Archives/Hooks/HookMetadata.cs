using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Metadata;
using Resolver.Archives.Reading;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Requirements;

namespace Resolver.Archives.Hooks;

/// <summary>Which distributions a build backend must be asked about, and what they are once it has answered.</summary>
public static class HookMetadata
{
    private static readonly string[] Values = ["name", "version", "requires_dist", "requires_python"];

    /// <summary>Whether a backend could be asked: it is something to build, readable, and what the build needs is
    /// known.</summary>
    public static bool CanBeAsked(Distribution distribution) =>
        distribution
            is { Kind: DistributionKind.Sdist or DistributionKind.Tree, Path: not null, BuildRequires: not null }
        && !distribution.Problems.Any(problem => problem.Fatal);

    /// <summary>Whether something of it is unknown, or known only from a source that the backend's own word outranks
    /// and that is weak by itself.</summary>
    public static bool IsUnsure(Distribution distribution) =>
        CanBeAsked(distribution)
        && Values.Any(value => distribution.Known.GetValueOrDefault(value) is not { } source || source.IsWeak());

    /// <summary>Whether its <c>get_requires_for_build_wheel</c> is known to ask for nothing, whatever the
    /// project.</summary>
    /// <remarks>poetry-core returns an empty list in all its releases. flit_core imports a module whose version is no
    /// literal, hatchling has plugins, setuptools runs setup.py: these are asked. A backend in the project's own tree
    /// is anything.</remarks>
    public static bool AddsNothing(Distribution distribution) =>
        distribution.BackendPath.Count == 0 && distribution.BuildBackend is "poetry.core.masonry.api";

    /// <summary>The distribution as if it needed nothing to run where that is not known. A plan that chooses it must
    /// ask; one that does not is right without: what is requested less can only be chosen more.</summary>
    public static Distribution Provisional(Distribution distribution) =>
        !CanBeAsked(distribution) || distribution.RequiresDist is not null
            ? distribution
            : distribution with
            {
                RequiresDist = [],
                Problems =
                [
                    .. distribution.Problems.Where(problem =>
                        problem.Code is not ("requirement-invalid" or "requires-python-invalid")
                    ),
                ],
            };

    /// <summary>The distribution with the answer in it. Values of stronger sources stay; where the backend says
    /// otherwise, that is noted.</summary>
    public static Distribution Apply(Distribution distribution, HookAnswer answer)
    {
        var known = new SortedDictionary<string, MetadataSource?>(
            distribution.Known.ToDictionary(),
            StringComparer.Ordinal
        );
        var problems = new List<ArchiveProblem>(distribution.Problems);
        var build = distribution.BuildRequires ?? [];
        var added = answer.BuildRequires.Where(requirement => !build.Contains(requirement)).ToList();
        if (added.Count > 0)
            known["build_requires"] = MetadataSource.Hook;
        var result = distribution with { BuildRequires = [.. build, .. added] };
        if (answer.Metadata is { } metadata)
            result = Merge(result, metadata, known, problems);
        problems.RemoveAll(problem => problem.Code == "build-requires-incomplete");
        return result with { Known = known, Problems = problems };
    }

    /// <summary>The core metadata of an <c>*.egg-info</c> that a backend wrote in place of a dist-info.</summary>
    /// <param name="info">Its <c>PKG-INFO</c>.</param>
    /// <param name="requires">Its <c>requires.txt</c>; null where there is none.</param>
    /// <returns>Null where reading <c>requires.txt</c> costs more than it may.</returns>
    public static byte[]? FromEggInfo(byte[] info, string? requires)
    {
        try
        {
            return EggInfo.ToMetadata(info, requires);
        }
        catch (ReadingBudgetException)
        {
            return null;
        }
    }

    /// <summary>Whether a requirement is the one that setuptools before 70.1 adds to each build, whatever the project:
    /// <c>wheel</c>. Who calls no hook never sees it, so where no wheel is to be had it must not make a project
    /// unusable that is usable without asking.</summary>
    public static bool IsOfEverySetuptools(Distribution distribution, Requirement requirement) =>
        distribution.BackendPath.Count == 0
        && distribution.BuildBackend?.StartsWith("setuptools.build_meta", StringComparison.Ordinal) == true
        && requirement is { Name.Normalized: "wheel", Url: null };

    /// <summary>The distribution where backends are asked: nothing about it advises to do that.</summary>
    public static Distribution Asked(Distribution distribution) =>
        distribution.Problems.Any(problem => problem.Advice == ProblemAdvice.DeclareOrAsk)
            ? distribution with
            {
                Problems =
                [
                    .. distribution.Problems.Select(problem =>
                        problem.Advice == ProblemAdvice.DeclareOrAsk
                            ? problem with
                            {
                                Advice = ProblemAdvice.Declare,
                            }
                            : problem
                    ),
                ],
            }
            : distribution;

    /// <summary>Whether the distribution can be used though its backend cannot be asked: name, version, dependencies
    /// and build requirements are known without.</summary>
    public static bool IsUsableUnasked(Distribution distribution) =>
        distribution is { Name: not null, Version: not null }
        && ArchiveCandidateSource.UnusableBecause(distribution) is null;

    /// <summary>The distribution as it is known without its backend, with a note that this failed.</summary>
    public static Distribution Unasked(Distribution distribution, string code, string message) =>
        distribution with
        {
            Problems = [.. distribution.Problems, new ArchiveProblem(code, "", message, false)],
        };

    /// <summary>The distribution as one that cannot be used.</summary>
    public static Distribution Failed(Distribution distribution, string code, string message) =>
        distribution with
        {
            Problems = [.. distribution.Problems, new ArchiveProblem(code, "", message, true)],
        };

    private static Distribution Merge(
        Distribution result,
        Packaging.Metadata.CoreMetadata metadata,
        SortedDictionary<string, MetadataSource?> known,
        List<ArchiveProblem> problems
    )
    {
        var found = new List<ArchiveProblem>();
        var said = WheelContents.FromMetadata(metadata, result, MetadataSource.Hook, found);
        problems.RemoveAll(problem =>
            problem.Code is "metadata-dynamic" or "requirement-invalid" or "requires-python-invalid"
        );
        problems.AddRange(found);
        foreach (var value in Values.Append("extras"))
        {
            if (known.GetValueOrDefault(value) is { } source && source < MetadataSource.Hook)
            {
                if (Difference(value, result, said) is { } difference)
                    problems.Add(
                        new ArchiveProblem(
                            "hook-disagrees",
                            result.Path!,
                            $"its backend says {difference}; {source.Text()} counts",
                            false
                        )
                    );
                continue;
            }
            known[value] = said.Known.GetValueOrDefault(value);
            result = value switch
            {
                "name" => result with { Name = said.Name, RawName = said.RawName },
                "version" => result with { Version = said.Version },
                "requires_dist" => result with { RequiresDist = said.RequiresDist },
                "requires_python" => result with { RequiresPython = said.RequiresPython },
                _ => result with { Extras = said.Extras },
            };
        }
        return result;
    }

    private static string? Difference(string value, Distribution ours, Distribution said) =>
        value switch
        {
            "name" when said.Name is { } name && name != ours.Name => $"name {name} and not {ours.Name}",
            "version" when said.Version is { } version && version != ours.Version =>
                $"version {version} and not {ours.Version}",
            "requires_dist" when said.RequiresDist is { } requires && !Same(requires, ours.RequiresDist) =>
                $"dependencies {List(requires)} and not {List(ours.RequiresDist ?? [])}",
            _ => null,
        };

    private static bool Same(IEnumerable<Requirement> these, IEnumerable<Requirement>? those) =>
        these.Select(each => each.ToString()).ToHashSet().SetEquals((those ?? []).Select(each => each.ToString()));

    private static string List(IReadOnlyList<Requirement> requirements) =>
        requirements.Count == 0
            ? "none"
            : $"'{string.Join("', '", requirements.Take(5))}'{(requirements.Count > 5 ? ", …" : "")}";
}

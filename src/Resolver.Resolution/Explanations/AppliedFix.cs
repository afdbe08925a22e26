using System.Globalization;
using System.Numerics;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations;

/// <summary>A question after a fix: what is asked then, and of what.</summary>
public sealed record AppliedFix(ICandidateSource Source, PlanRequest Request)
{
    /// <summary>The question with the fix; null where an action of it is for a person alone.</summary>
    public static AppliedFix? Of(ICandidateSource source, PlanRequest request, IReadOnlyList<FixAction> fix)
    {
        var applied = new AppliedFix(source, request);
        foreach (var action in fix)
        {
            if (action.Change is not { } change || applied.With(change) is not { } next)
                return null;
            applied = next;
        }
        return applied;
    }

    /// <summary>The question with one change; null where no version can be what an addition has to be.</summary>
    internal AppliedFix? With(Change change) => change switch
    {
        Change.Add add => HypotheticalVersion(add) is { } version ? this with { Source = new WithOneMore(Source, Hypothetical(add, version)) } : null,
        Change.DropRoot drop => this with { Request = Request with { Roots = Without(Request.Roots, drop.Root) } },
        Change.Separate separate => this with { Request = Request with { Roots = Without(Request.Roots, separate.Root) } },
        Change.RelaxRoot relax => this with { Request = Request with { Roots = [.. Request.Roots.Select(each => each.Equals(relax.Root) ? relax.Instead : each)] } },
        Change.DropConstraint drop => this with { Request = Request with { Constraints = Without(Request.Constraints, drop.Constraint) } },
        Change.Relax relax => this with { Request = Request with { Relaxations = [.. Request.Relaxations, relax.Relaxation] } },
        Change.Permit permit => this with { Request = Request with { Permissions = [.. Request.Permissions, permit.Permission] } },
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };

    private static IReadOnlyList<Requirement> Without(IReadOnlyList<Requirement> all, Requirement one) => [.. all.Where(each => !each.Equals(one))];

    /// <summary>A version that meets the bound and that the request lets be: near to one that is written in the bound, and new where that is possible.</summary>
    private Version? HypotheticalVersion(Change.Add add)
    {
        var taken = Source.CandidatesOf(add.Project).Select(each => each.Version).ToHashSet();
        var written = add.Bound.Specifiers.Select(each => each.Version).OfType<Version>().ToList();
        var tried = Request.Pinned.TryGetValue(add.Project, out var pinned) ? [pinned] : written
            .Concat(written.Concat(taken).SelectMany(Near))
            .Append(Version.Parse("1"))
            .Where(each => !Request.Exclusions.Any(exclusion => exclusion.Covers(add.Project, each)));
        return tried
            .Where(each => add.Bound.Contains(each, prereleases: true))
            .OrderBy(taken.Contains).ThenBy(each => each.IsPrerelease).ThenBy(each => each)
            .Cast<Version?>().FirstOrDefault();
    }

    /// <summary>A little more, the next one, and one just below.</summary>
    private static IEnumerable<Version> Near(Version version)
    {
        var epoch = version.Epoch > 0 ? $"{version.Epoch}!" : "";
        var release = version.Release;
        string Text(IEnumerable<BigInteger> parts) => epoch + string.Join('.', parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));
        yield return Version.Parse(Text(release.Append(1)));
        yield return Version.Parse(Text(release.SkipLast(1).Append(release[^1] + 1)));
        var last = Enumerable.Range(0, release.Count).LastOrDefault(i => release[i] > 0, -1);
        if (last >= 0)
            yield return Version.Parse(Text(release.Take(last).Append(release[last] - 1).Append(9999)));
    }

    private Candidate Hypothetical(Change.Add add, Version version) => new()
    {
        Name = add.Project,
        Version = version,
        Kind = Request.NoBinary.Contains(add.Project) ? DistributionKind.Sdist : DistributionKind.Wheel,
        Requires = [],
        BuildRequires = [],
        Weaknesses = [$"not there: add {add.Project}{BoundText.Of(add.Bound)} first; what it needs in turn is not known"],
    };

    private sealed class WithOneMore(ICandidateSource source, Candidate added) : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => source.Projects.Append(added.Name).Distinct();

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
            project == added.Name ? [.. source.CandidatesOf(project), added] : source.CandidatesOf(project);

        public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => source.HiddenOf(project);
    }
}

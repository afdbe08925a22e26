using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.References;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Translation;

/// <summary>Which candidates of a project may be chosen at all, and which of them is better: everything about a
/// request that is not a requirement.</summary>
internal sealed class CandidatePolicy
{
    private readonly PlanRequest request;
    private readonly Version python;

    /// <summary>For each project named directly: whether one of its direct requirements names a pre-release, and the
    /// versions they pin exactly.</summary>
    private readonly Dictionary<PackageName, (bool NamesPrerelease, HashSet<Version> Pins)> direct = [];

    private readonly Dictionary<PackageName, List<FileReference>> references = [];

    private readonly HashSet<PackageName> roots;

    public CandidatePolicy(PlanRequest request)
    {
        this.request = request;
        python = Version.Parse(request.Environment.PythonFullVersion.TrimEnd('+'));
        // What does not hold here has no say.
        roots = [.. request.Roots.Where(each => request.Counts(each)).Select(each => each.Name)];
        var named = request.Roots.Concat(request.Constraints).Concat(request.Overrides);
        foreach (var requirement in named.Where(each => request.Counts(each)))
            NoteDirect(requirement);
    }

    /// <summary>Ascending: by version, then the worse kind, the worse tag, the lower build tag and the later path
    /// first, so that the last is the best.</summary>
    public void Sort(Candidate[] candidates) => Array.Sort(candidates, Compare);

    /// <summary>Why each may never be chosen; null where it may.</summary>
    public UnusableCause?[] Judge(PackageName project, Candidate[] candidates) =>
        [.. candidates.Select(each => Judge(project, each))];

    /// <summary>Whether it is neither what is installed nor the locked version, of a project that is not to be
    /// upgraded anyway.</summary>
    public bool IsChange(Candidate candidate) =>
        !request.Upgrade.Contains(candidate.Name)
        && candidate.Kind != DistributionKind.Installed
        && !IsLocked(candidate);

    private bool IsLocked(Candidate candidate) =>
        request.Preferred.TryGetValue(candidate.Name, out var locked) && locked == candidate.Version;

    /// <summary>Best first.</summary>
    public int[] Prefer(PackageName project, Candidate[] ascending)
    {
        var lowest =
            request.Resolution == ResolutionMode.Lowest
            || (request.Resolution == ResolutionMode.LowestDirect && roots.Contains(project));
        var keep = !request.Upgrade.Contains(project);
        var finalsFirst = request.Prerelease is not (PrereleaseMode.Allow or PrereleaseMode.Disallow);
        var order = Enumerable.Range(0, ascending.Length).Reverse();
        if (lowest)
            order = order.OrderBy(i => ascending[i].Version); // stable: within a version the best artifact stays first
        return
        [
            .. order
                .OrderBy(i => Keeping(project, ascending[i], keep))
                .ThenBy(i => ascending[i].OnlyByReference)
                .ThenBy(i => request.PreferBinary && ascending[i].IsBuilt)
                .ThenBy(i =>
                    finalsFirst && ascending[i].Version.IsPrerelease && ascending[i].Kind != DistributionKind.Installed
                ),
        ];
    }

    /// <summary>Why the first of two candidates of one project comes before the second; null where it does
    /// not.</summary>
    public PreferenceRule? WhyPreferred(Candidate first, Candidate second)
    {
        Candidate[] pair = [first, second];
        Sort(pair);
        if (pair[Prefer(first.Name, pair)[0]] != first)
            return null;
        var keep = !request.Upgrade.Contains(first.Name);
        if (Keeping(first.Name, first, keep) != Keeping(first.Name, second, keep))
            return (Keeping(first.Name, first, keep), second.Kind) switch
            {
                (0, _) => PreferenceRule.Installed,
                (1, _) => PreferenceRule.Locked,
                _ => PreferenceRule.Reinstalled,
            };
        if (first.OnlyByReference != second.OnlyByReference)
            return PreferenceRule.NotByReference;
        if (request.PreferBinary && first.IsBuilt != second.IsBuilt)
            return PreferenceRule.NeedsNoBuild;
        var order = first.Version.CompareTo(second.Version);
        if (order < 0 && second.Version.IsPrerelease && !first.Version.IsPrerelease)
            return PreferenceRule.Final;
        return order > 0 ? PreferenceRule.Newer
            : order < 0 ? PreferenceRule.Older
            : PreferenceRule.BetterFile;
    }

    /// <summary>0: installed and kept; 1: locked and kept; 2: as good as its version; 3: installed, but everything is
    /// to be installed again.</summary>
    private int Keeping(PackageName project, Candidate candidate, bool keep)
    {
        if (candidate.Kind == DistributionKind.Installed && request.Reinstall)
            return 3;
        if (keep && candidate.Kind == DistributionKind.Installed)
            return 0;
        return keep && IsLocked(candidate) ? 1 : 2;
    }

    /// <summary>The first reason that no permission lifts.</summary>
    private UnusableCause? Judge(PackageName project, Candidate candidate)
    {
        if (candidate.UnusableBecause is { } reason && !Permits(project, UnusableKind.Metadata))
            return new UnusableCause.Defect(reason);
        if (
            request.Pinned.TryGetValue(project, out var pinned)
            && pinned != candidate.Version
            && !Permits(project, UnusableKind.Pinned)
        )
            return new UnusableCause.NotPinned(pinned);
        if (
            request.Exclusions.FirstOrDefault(each => each.Covers(project, candidate.Version)) is { } exclusion
            && !Permits(project, UnusableKind.Excluded)
        )
            return new UnusableCause.Exclusion(exclusion.Reason);
        // What is installed runs already: neither Python nor tags, nor a policy for files, speaks against it.
        if (candidate.Kind == DistributionKind.Installed)
            return null;
        if (candidate.Requires is null && !Permits(project, UnusableKind.Metadata))
            return new UnusableCause.UnknownRequirements();
        if (WhyUnusable(project, candidate) is { } unusable)
            return unusable;
        // What is named by its URL was chosen by a person: policies choose among what was not.
        if (candidate.OnlyByReference || IsReferenced(project, candidate))
            return null;
        if (
            candidate.Kind == DistributionKind.Wheel
            && request.ForbidsWheels(project)
            && !Permits(project, UnusableKind.Policy)
        )
            return new UnusableCause.WheelForbidden();
        if (candidate.IsBuilt && request.ForbidsBuilds(project) && !Permits(project, UnusableKind.Policy))
            return new UnusableCause.BuildForbidden();
        if (
            candidate.Yanked
            && !IsLocked(candidate)
            && !(direct.TryGetValue(project, out var yanking) && yanking.Pins.Contains(candidate.Version))
            && !Permits(project, UnusableKind.Yanked)
        )
            return new UnusableCause.Withdrawn(candidate.YankedBecause);
        if (candidate.Version.IsPrerelease && !MayBePrerelease(project) && !Permits(project, UnusableKind.Prerelease))
            return new UnusableCause.PrereleaseForbidden();
        return null;
    }

    private bool Permits(PackageName project, UnusableKind kind)
    {
        foreach (var permission in request.Permissions)
        {
            if (permission.Kind == kind && (permission.Project is not { } only || only == project))
                return true;
        }
        return false;
    }

    private bool IsReferenced(PackageName project, Candidate candidate) =>
        references.TryGetValue(project, out var named)
        && named.Exists(reference => DirectReference.IsMetBy(reference, candidate));

    private UnusableCause? WhyUnusable(PackageName project, Candidate candidate)
    {
        if (request.Fitness is { } fitness)
            return fitness.WhyUnusable(candidate) is { } unusable && !Permits(project, unusable.Kind) ? unusable : null;
        if (
            candidate.RequiresPython is { } bound
            && !bound.Contains(python, prereleases: true)
            && !Permits(project, UnusableKind.RequiresPython)
        )
            return new UnusableCause.OtherPython(bound, python);
        if (
            candidate.Tags is { } tags
            && request.Tags is { } supported
            && supported.BestIndex(tags) < 0
            && !Permits(project, UnusableKind.Tags)
        )
            return new UnusableCause.UnsupportedTags(tags, supported);
        return null;
    }

    private bool MayBePrerelease(PackageName project) =>
        request.Prerelease switch
        {
            PrereleaseMode.Disallow => false,
            PrereleaseMode.Explicit => direct.TryGetValue(project, out var named) && named.NamesPrerelease,
            _ => true,
        };

    private void NoteDirect(Requirement requirement)
    {
        if (!direct.TryGetValue(requirement.Name, out var notes))
            notes = (false, []);
        foreach (var clause in requirement.Specifier.Specifiers)
        {
            if (clause.Operator is "==" or "===" && Version.TryParse(clause.VersionText, out var version))
                notes.Pins.Add(version);
        }
        if (requirement.ValidReference is { } reference)
        {
            if (!references.TryGetValue(requirement.Name, out var named))
                references[requirement.Name] = named = [];
            named.Add(reference);
        }
        notes.NamesPrerelease |= requirement.Specifier.Prereleases == true;
        direct[requirement.Name] = notes;
    }

    private int Compare(Candidate a, Candidate b)
    {
        var order = a.Version.CompareTo(b.Version);
        if (order == 0)
            order = KindRank(b.Kind).CompareTo(KindRank(a.Kind));
        if (order == 0)
            order = TagRank(b).CompareTo(TagRank(a));
        if (order == 0)
            order = BuildTagOf(a).CompareTo(BuildTagOf(b));
        return order != 0 ? order : string.CompareOrdinal(b.Path, a.Path);
    }

    private int KindRank(DistributionKind kind)
    {
        for (var i = 0; i < request.Prefer.Count; i++)
        {
            if (request.Prefer[i] == kind)
                return i;
        }
        return request.Prefer.Count + (int)kind;
    }

    private int TagRank(Candidate candidate)
    {
        if (request.Fitness is { } fitness)
            return fitness.Rank(candidate);
        if (candidate.Tags is not { } tags || request.Tags is not { } supported)
            return 0;
        var index = supported.BestIndex(tags);
        return index < 0 ? int.MaxValue : index;
    }

    /// <summary>PEP 427: none sorts before any.</summary>
    private static (bool, System.Numerics.BigInteger, string) BuildTagOf(Candidate candidate) =>
        candidate.BuildTag is { } tag ? (true, tag.Number, tag.Suffix) : (false, default, "");
}

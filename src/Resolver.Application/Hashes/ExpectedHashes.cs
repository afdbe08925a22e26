using Resolver.Application.Inputs;
using Resolver.Archives.Hashes;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Hashes;
using Resolver.Packaging.Names;
using Resolver.Packaging.RequirementFiles;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Hashes;

/// <summary>The hashes that an input gives for files: behind <c>--hash</c>, in the fragments of references, in lock
/// files. The file that is chosen must have them, whatever the algorithm.</summary>
public sealed class ExpectedHashes
{
    private readonly Dictionary<PackageName, Allowed> allowed = [];
    private readonly List<Requirement> direct = [];
    private readonly Dictionary<(string File, HashKind Kind), string> digests = [];

    /// <summary>Why every file must have a hash, for a person; null where only those are checked that are
    /// given.</summary>
    public string? RequiredBecause { get; set; }

    /// <summary>Takes note of the hashes of one line, if it has any: any one of them suffices. Where several lines of
    /// one project have some, only what all of them allow counts, as in pip.</summary>
    public void Add(PackageName name, RequirementLine.Dependency line)
    {
        if (line.Hashes.Count == 0)
            return;
        var place = $"{line.File}:{line.Line}";
        HashSet<FileHash> hashes =
        [
            .. line.Hashes.Select(each => FileHash.Of(each.Key, each.Value)).OfType<FileHash>(),
        ];
        allowed[name] = allowed.TryGetValue(name, out var known)
            ? new Allowed([.. known.Hashes.Intersect(hashes)], $"{known.Place} and {place}")
            : new Allowed(hashes, place);
    }

    /// <summary>Takes note of requirements, constraints and overrides that apply: the hashes of their references, and
    /// the versions they pin.</summary>
    public void AddDirect(IEnumerable<Requirement> requirements) => direct.AddRange(requirements);

    /// <summary>Takes note of the hash that a lock file gives.</summary>
    /// <param name="sha256">Lower case.</param>
    /// <param name="place">Where it stands, for a person.</param>
    public void Add(PackageName name, string sha256, string place) =>
        allowed[name] = new Allowed([new FileHash(HashKind.Sha256, sha256)], place);

    /// <summary>The source without files of a version that have none of the hashes given, where another file of that
    /// version has one: a hash of the sdist chooses the sdist.</summary>
    public ICandidateSource Choosing(ICandidateSource source) =>
        allowed.Count == 0 ? source : new ChoosingSource(source, this);

    /// <summary>Nothing, once every file that would be installed is known to be one that was meant
    /// (<c>--require-hashes</c>).</summary>
    /// <exception cref="InputException">Of one no hash is given.</exception>
    public void Require(Plan plan) => Require(plan, "--require-hashes");

    /// <summary>Likewise, of a plan that was read from a file: its own hashes count.</summary>
    /// <exception cref="InputException">A step has none.</exception>
    public static void RequireOwn(Plan plan)
    {
        var unknown = plan
            .Steps.Where(step => step.Action == StepAction.Install && step.Candidate.Sha256 is null)
            .ToList();
        if (unknown.Count > 0)
            throw Missing(unknown, "--require-hashes");
    }

    /// <summary>The same outcome, once every file of the plan has been found to be what it must be.</summary>
    /// <exception cref="InputException">One is not.</exception>
    public PlanOutcome Judge(PlanOutcome outcome)
    {
        if (outcome is not PlanOutcome.Planned planned)
            return outcome;
        var required = planned
            .Plan.Steps.SelectMany(step => step.Requires)
            .Where(each => each.SatisfiedBy is not null && each.Requirement.ValidReference is { Hashes.Count: > 0 })
            .ToLookup(each => each.SatisfiedBy!, each => each.Requirement);
        foreach (
            var candidate in planned
                .Plan.Steps.Where(step => step.Action == StepAction.Install)
                .Select(step => step.Candidate)
        )
        {
            foreach (
                var requirement in direct
                    .Where(each => each.Name == candidate.Name)
                    .Concat(required[candidate])
                    .Where(each =>
                        each.ValidReference is { } reference && DirectReference.IsMetBy(reference, candidate)
                    )
            )
            {
                foreach (var hash in requirement.ValidReference!.Hashes)
                    Check(candidate, [hash], $"the reference of {requirement.Name}");
            }
            if (allowed.TryGetValue(candidate.Name, out var wanted))
                Check(candidate, wanted.Hashes, wanted.Place);
        }
        if (RequiredBecause is { } because)
            Require(planned.Plan, because);
        return outcome;
    }

    /// <summary>Whether every file of the plan is what it must be.</summary>
    public bool Allows(PlanOutcome outcome)
    {
        try
        {
            return Judge(outcome) is PlanOutcome.Planned;
        }
        catch (InputException)
        {
            return false;
        }
    }

    private void Check(Candidate candidate, IReadOnlyCollection<FileHash> hashes, string place)
    {
        if (hashes.Count == 0)
            throw InputException.BadInput(
                $"{candidate.Path}: no hash of {candidate.Name} is allowed by both {place}",
                "give the same hash in each file"
            );
        if (FileOf(candidate) is not { } file)
            throw InputException.BadInput(
                $"{candidate.Path} is a directory, which has no hash, but {place} gives {hashes.First()}"
            );
        if (hashes.Any(each => DigestOf(candidate, file, each.Kind) == each.Digest))
            return;
        var kind = hashes.Max(each => each.Kind);
        var expected = hashes.Where(each => each.Kind == kind).Select(each => each.Digest).ToList();
        throw InputException.BadInput(
            $"{candidate.Path}: wrong {FileHash.NameOf(kind)}: expected {string.Join(" or ", expected)} ({place}), "
                + $"found {DigestOf(candidate, file, kind)}"
        );
    }

    private bool IsAllowed(Candidate candidate) =>
        !allowed.TryGetValue(candidate.Name, out var wanted)
        || (
            FileOf(candidate) is { } file
            && wanted.Hashes.Any(each => DigestOf(candidate, file, each.Kind) == each.Digest)
        );

    private string DigestOf(Candidate candidate, string file, HashKind kind)
    {
        if (kind == HashKind.Sha256 && candidate.Sha256 is { } known)
            return known;
        lock (digests)
        {
            if (!digests.TryGetValue((file, kind), out var digest))
            {
                try
                {
                    digest = FileDigests.Of(file, [kind])[kind];
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    throw InputException.Unreadable(file, exception);
                }
                digests[(file, kind)] = digest;
            }
            return digest;
        }
    }

    private static string? FileOf(Candidate candidate)
    {
        if (candidate.Sha256 is null || candidate.Path is not { } path)
            return null;
        return DistributionPath.Parse(path).File;
    }

    private void Require(Plan plan, string because)
    {
        // A file that a fix adds is not there yet: its hash comes with it.
        var installed = plan
            .Steps.Where(step => step is { Action: StepAction.Install, Candidate.Path: not null })
            .ToList();
        var unknown = installed.Where(step => !IsGiven(step.Candidate)).ToList();
        if (unknown.Count > 0)
            throw Missing(unknown, because);
        if (installed.Find(step => !IsPinned(step.Candidate)) is { } loose)
            throw InputException.BadInput(
                $"{because}: {loose.Candidate.Name} is not pinned to one version",
                $"write {loose.Candidate.Name}=={loose.Candidate.Version} in the requirement file"
            );
    }

    private bool IsGiven(Candidate candidate) =>
        allowed.ContainsKey(candidate.Name)
        || direct.Exists(each => each.Name == candidate.Name && each.ValidReference is { Hashes.Count: > 0 });

    // A lock names one file for each project, and is no requirement.
    private bool IsPinned(Candidate candidate) =>
        direct
            .Where(each => each.Name == candidate.Name)
            .DefaultIfEmpty()
            .Any(each =>
                each is null
                || each.Url is not null
                || each.Specifier.Specifiers.Any(clause => clause.Operator is "==" or "===")
            );

    private static InputException Missing(List<PlanStep> steps, string because) =>
        InputException.BadInput(
            $"{because}: no hash is given for {string.Join(", ", steps.Take(5).Select(step => $"{step.Candidate.Name} {step.Candidate.Version}"))}{(steps.Count > 5 ? $" and {steps.Count - 5} more" : "")}",
            steps.Find(step => step.Candidate.Sha256 is not null) is { } file
                ? $"write it in a requirement file: {file.Candidate.Name}=={file.Candidate.Version} "
                    + $"--hash=sha256:{file.Candidate.Sha256}"
                : "install from an archive: a directory has no hash"
        );

    private sealed record Allowed(IReadOnlyCollection<FileHash> Hashes, string Place);

    private sealed class ChoosingSource(ICandidateSource source, ExpectedHashes hashes) : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => source.Projects;

        public bool IsYanked(PackageName project, Version version) => source.IsYanked(project, version);

        public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => source.HiddenOf(project);

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project)
        {
            var candidates = source.CandidatesOf(project);
            if (!hashes.allowed.ContainsKey(project))
                return candidates;
            var files = candidates.Where(each => each.Path is not null && !IsInstalled(each)).ToList();
            var meant = files.Where(hashes.IsAllowed).ToHashSet();
            var versions = meant.Select(each => each.Version).ToHashSet();
            return
            [
                .. candidates.Where(each =>
                    IsInstalled(each) || meant.Contains(each) || !versions.Contains(each.Version)
                ),
            ];
        }

        private static bool IsInstalled(Candidate candidate) =>
            candidate.Kind == Packaging.Distributions.DistributionKind.Installed;
    }
}

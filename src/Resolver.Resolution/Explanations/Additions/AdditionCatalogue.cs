using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>
/// Every file that could be added to the archive and might help a problem: of each project that is required, versions
/// that meet as many requirements as any version does. What the request rejects is none of them, and neither is what
/// is there already.
/// </summary>
/// <remarks>A version whose requirements are all met by one that is there could help only by requiring less than that
/// one: such a file is <see cref="AdditionKind.Another"/>, and nobody knows whether it exists.</remarks>
internal static class AdditionCatalogue
{
    /// <summary>The files, by project.</summary>
    /// <param name="problem">The problem without any of them.</param>
    /// <param name="demands">What is required of projects.</param>
    /// <param name="wheels">Projects of which a wheel of a version that is there would help.</param>
    public static IReadOnlyList<Addition> Of(
        CandidateProblem problem,
        Demands demands,
        IReadOnlySet<PackageName> wheels
    )
    {
        var roots = problem.Roots.ToArray().Where(id => problem.RoleOf(id) == Role.Root).ToList();
        var given = roots.Where(problem.IsGiven).Select(problem.Target).ToHashSet();
        var requested = roots.Select(problem.Target).ToHashSet();
        return
        [
            .. demands
                .Projects.Where(project => !given.Contains(project) && problem.PlacesWithoutVersion(project).Count == 0)
                .SelectMany(project =>
                    new OneProject(problem, project, demands.On(project), requested.Contains(project)).All(
                        wheels.Contains(problem.NameOf(project))
                    )
                ),
        ];
    }

    /// <summary>What could be added of one project.</summary>
    /// <param name="problem">The problem without it.</param>
    /// <param name="project">The project.</param>
    /// <param name="demands">What is required of it.</param>
    /// <param name="asWheel">Whether a wheel of a version that is there would help.</param>
    public static IReadOnlyList<Addition> Of(
        CandidateProblem problem,
        VariableId project,
        IReadOnlyList<RequirementId> demands,
        bool asWheel
    )
    {
        var roots = problem.Roots.ToArray().Where(id => problem.Target(id) == project).ToList();
        return roots.Exists(problem.IsGiven) || problem.PlacesWithoutVersion(project).Count > 0
            ? []
            :
            [
                .. new OneProject(problem, project, demands, roots.Exists(id => problem.RoleOf(id) == Role.Root)).All(
                    asWheel
                ),
            ];
    }

    private sealed class OneProject(
        CandidateProblem problem,
        VariableId project,
        IReadOnlyList<RequirementId> demands,
        bool isRequested
    )
    {
        private readonly PackageName name = problem.NameOf(project);
        private readonly IReadOnlyList<Candidate> there = problem.CandidatesOf(project);

        public IEnumerable<Addition> All(bool asWheel)
        {
            var known = Known();
            var usable = MetBy(i => WhyUnusable(i) is null);
            var unknown = MetBy(i => WhyUnusable(i) is UnusableKind.Metadata);
            var standIns = known
                .Select(each => (Addition: each, Met: MetBy(each.File)))
                .Where(each => !unknown.Exists(each.Met.IsWithin) && !usable.Exists(each.Met.IsWithin))
                .ToList();
            var invented = Invented().Select(each => (Addition: each, Met: MetBy(each.File))).ToList();
            invented.RemoveAll(each => each.Met.IsEmpty || unknown.Exists(each.Met.IsWithin));
            var missing = invented.FindAll(each =>
                !usable.Exists(each.Met.IsWithin) && !standIns.Exists(other => each.Met.IsWithin(other.Met))
            );
            var another = isRequested
                ? invented.FindAll(each => !missing.Contains(each) && !usable.Exists(each.Met.IsWithin))
                : invented.FindAll(each => !missing.Contains(each));
            return
            [
                .. ReferencedFiles.Of(problem, name, demands.Where(IsMetByNone).Select(problem.RequirementOf)),
                .. Widest([.. standIns, .. missing]),
                .. Widest(another).Select(each => each with { Kind = AdditionKind.Another }),
                .. asWheel && !problem.Request.ForbidsWheels(name)
                    ? Wheels().Concat(Widest(invented).Select(AsWheel))
                    : [],
            ];
        }

        private bool IsMetByNone(RequirementId demand) =>
            Array.TrueForAll(CandidateBits.Satisfying(problem, demand), each => each == 0);

        private UnusableKind? WhyUnusable(int candidate) => problem.WhyUnusable(project, candidate)?.Kind;

        /// <summary>Versions that are there in the wrong form alone, as if they were there in the right one; the newest
        /// first.</summary>
        private List<Addition> Known() =>
            [
                .. Enumerable
                    .Range(0, there.Count)
                    .Where(i => RequiredProjects.IsInWrongForm(problem, project, i))
                    .Reverse()
                    .Select(i => new Addition(InRightForm(there[i]), AdditionKind.Missing)
                    {
                        IsKnown = true,
                        KnownFrom = there[i].Path,
                    })
                    .Where(IsAdmitted)
                    .DistinctBy(each => each.File.Version),
            ];

        private IEnumerable<Addition> Wheels() =>
            Enumerable
                .Range(0, there.Count)
                .Where(i => there[i].IsBuilt && WhyUnusable(i) is null)
                .Select(i => new Addition(Wheel(there[i]), AdditionKind.Wheel) { IsKnown = true })
                .Where(IsAdmitted)
                .DistinctBy(each => each.File.Version);

        private Addition AsWheel(Addition invented) => new(Unknown(invented.File.Version), AdditionKind.Wheel);

        private Candidate InRightForm(Candidate file) =>
            problem.Request.ForbidsWheels(name)
                ? new Candidate
                {
                    Name = name,
                    Version = file.Version,
                    Kind = DistributionKind.Sdist,
                    Requires = file.Requires,
                    RequiresPython = file.RequiresPython,
                    Extras = file.Extras,
                    BuildRequires = [],
                    Yanked = file.Yanked,
                    YankedBecause = file.YankedBecause,
                    Weaknesses = ["not there yet; its build requirements are unknown"],
                }
                : Wheel(file);

        private static Candidate Wheel(Candidate file) => HypotheticalWheel.Of(file, "not there yet");

        /// <summary>Versions that are not there. A version that is there in another form may be added, unless the
        /// form is not what speaks against it.</summary>
        private IEnumerable<Addition> Invented()
        {
            var taken = Enumerable
                .Range(0, there.Count)
                .Where(i =>
                    WhyUnusable(i) is not (UnusableKind.Tags or UnusableKind.Policy)
                    || RequiredProjects.IsInWrongForm(problem, project, i)
                )
                .Select(i => there[i].Version)
                .ToHashSet();
            var bounds = demands
                .Where(problem.AdmitsOthers)
                .Select(problem.RequirementOf)
                .Where(each => each.Url is null)
                .Select(each => each.Specifier);
            var tried = problem.Request.Pinned.TryGetValue(name, out var pinned)
                ? [pinned]
                : HypotheticalVersions.Of(bounds, there.Select(each => each.Version));
            return tried
                .Where(each => !taken.Contains(each))
                .Select(each => new Addition(Unknown(each), AdditionKind.Missing))
                .Where(IsAdmitted);
        }

        private Candidate Unknown(Version version) =>
            new()
            {
                Name = name,
                Version = version,
                Kind = problem.Request.ForbidsWheels(name) ? DistributionKind.Sdist : DistributionKind.Wheel,
                Requires = [],
                BuildRequires = [],
                Yanked = problem.Source.IsYanked(name, version),
                Weaknesses = ["not there yet; its requirements are unknown"],
            };

        private bool IsAdmitted(Addition addition) => problem.WhyUnusable(addition.File) is null;

        private MetDemands MetBy(Candidate file) =>
            MetDemands.Of(demands.Count, i => problem.IsMetBy(demands[i], file));

        private List<MetDemands> MetBy(Func<int, bool> these)
        {
            var words = demands.Select(each => CandidateBits.Satisfying(problem, each)).ToList();
            return
            [
                .. Enumerable
                    .Range(0, there.Count)
                    .Where(these)
                    .Select(i => MetDemands.Of(demands.Count, each => CandidateBits.Has(words[each], i))),
            ];
        }

        /// <summary>Without those that meet nothing but what another one meets, too.</summary>
        private static IEnumerable<Addition> Widest(List<(Addition Addition, MetDemands Met)> all) =>
            all.Where(
                    (each, i) =>
                        !all.Where(
                                (other, j) =>
                                    i != j && each.Met.IsWithin(other.Met) && (j < i || !other.Met.IsWithin(each.Met))
                            )
                            .Any()
                )
                .Select(each => each.Addition);
    }
}

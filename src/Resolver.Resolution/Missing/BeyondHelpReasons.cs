using Resolver.Packaging.Names;
using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Missing;

/// <summary>Why something that is requested is impossible, whatever is added to the archive.</summary>
internal sealed class BeyondHelpReasons(CandidateProblem problem, ExtendedProblem extended, SolveBudget budget)
{
    private readonly bool isBatch = problem.Roots.ToArray().Any(problem.IsGiven);

    /// <summary>The reason: a minimal conflict that no addition does away with.</summary>
    /// <exception cref="SolveStopped">A limit was reached.</exception>
    public IEnumerable<BeyondHelp> Tell(GivenUpRoot root)
    {
        var added = new HashSet<PackageName>();
        while (true)
        {
            var only = Only(root.Among, added);
            var core = new MinimalCore(only, only, budget);
            core.Find();
            var facts = core.Facts ?? throw new SolveStopped(LimitReached.Timeout);
            if (Helped(only, facts).Where(added.Add).ToList().Count > 0)
                continue;
            var reason = new ConflictReport(only, only, facts).TellReason(
                root.Requirement,
                isBatch ? "is in the batch, too" : "is requested, too",
                out var namesIt
            );
            var beyondHelp = new BeyondHelp(root.Requirement, reason)
            {
                // Two versions of one project, and nothing else: which of them stays is all there is to say.
                Subject = Request(root.Requirement),
                IsSubjectOfReason = namesIt,
                Instead =
                    root.Among.Count == 2 && facts.All(each => each is Assumption.Requires { Source: null })
                        ? Written(root.Among.First(each => each != root.Requirement))
                        : null,
            };
            // One override may stand in place of several requirements.
            return problem
                .WrittenAs([root.Requirement])
                .Select(each => beyondHelp with { Requirement = each.ToString() })
                .OrderBy(each => each.Requirement, StringComparer.Ordinal);
        }
    }

    private string Written(string root) =>
        problem.WrittenAs([root]).Select(each => each.ToString()).FirstOrDefault(root);

    private string Request(string root) =>
        problem.Roots.ToArray().Where(id => problem.TextOf(id) == root).Select(problem.RequestOf).FirstOrDefault(root);

    /// <summary>The problem with nothing requested but these, and what could be added of some projects.</summary>
    private CandidateProblem Only(IReadOnlyList<string> roots, HashSet<PackageName> added)
    {
        var source = new SourceWithMore(
            problem.Source,
            extended.Additions.Select(each => each.File).Where(each => added.Contains(each.Name))
        );
        // In the order of names: no answer depends on the order of what is requested.
        var request = problem.Request with
        {
            Roots = [.. extended.Problem.Request.Roots.Where(extended.Problem.WrittenAs(roots).Contains)],
        };
        return problem.Remade(
            source,
            request,
            builds: problem.Builds is null ? null : BuildEnvironments.Granted(source, request),
            without: problem.Roots.ToArray().Select(problem.TextOf).Where(each => !roots.Contains(each)).ToHashSet()
        );
    }

    /// <summary>Projects of which something that could be added meets all that the facts require of them.</summary>
    private IEnumerable<PackageName> Helped(CandidateProblem only, IReadOnlyList<Assumption> facts)
    {
        var requires = facts.OfType<Assumption.Requires>().ToList();
        return
        [
            .. facts
                .OfType<Assumption.NoOthers>()
                .Where(closed =>
                    extended.Additions.Any(each =>
                        each.File.Name == only.NameOf(closed.Project)
                        && requires
                            .Where(other => only.Target(other.Id) == closed.Project)
                            .All(other => only.IsMetBy(other.Id, each.File))
                    )
                )
                .Select(closed => only.NameOf(closed.Project)),
        ];
    }
}

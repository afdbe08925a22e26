using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>The six examples of docs/solver.md, in the page's order.</summary>
public sealed class WorkedExamples
{
    [Fact]
    public void A_decision_takes_the_best_candidate_that_is_left()
    {
        var search = new Search("app 1: lib\napp 2: lib>=2\nlib 1\nlib 2\nlib 3", "app");

        Assert.Equal(["app 2", "lib 3"], search.Selected);
        Assert.Equal((2, 0), search.DecisionsAndConflicts);
    }

    [Fact]
    public void A_conflict_is_learned_from()
    {
        var search = new Search("app 1\napp 2: mid, fmt>=2\nmid 1: fmt<2\nfmt 1\nfmt 2", "app");

        Assert.Equal(["app in {2}"], search.Learned);
        Assert.Equal(["app 1"], search.Selected);
        Assert.Equal((1, 1), search.DecisionsAndConflicts);
    }

    [Fact]
    public void A_backjump_undoes_every_choice_above_those_the_conflict_rests_on()
    {
        var search = new Search(
            """
            base 1
            base 2: mid
            free 1
            free 2
            app 1
            app 2: fmt>=2
            mid 1: fmt<2
            mid 2: fmt<2
            fmt 1
            fmt 2
            """,
            "base, free, app"
        );

        Assert.Equal(["fmt in {2, absent} and mid in {1, 2}"], search.Learned);
        Assert.Equal(["app 1", "base 2", "fmt 1", "free 2", "mid 2"], search.Selected);
        // 'free' is chosen twice: the jump goes past it.
        Assert.Equal((5, 1), search.DecisionsAndConflicts);
    }

    [Fact]
    public void A_build_dependency_cycle_becomes_a_nogood()
    {
        var search = new Search(
            "wheel 1 sdist: build: setuptools\nsetuptools 65\nsetuptools 68 sdist: build: wheel",
            "wheel"
        );

        Assert.Contains("setuptools in {68} and wheel in {1}", search.Axioms);
        Assert.Empty(search.Learned);
        Assert.Equal(["setuptools 65", "wheel 1"], search.Selected);
        Assert.Equal((1, 0), search.DecisionsAndConflicts);
    }

    [Fact]
    public void Builds_that_need_each_other_are_refuted_before_the_selection_is_complete()
    {
        var search = new Search(
            """
            a 1
            a 2 sdist: build: b
            b 1 sdist: build: c
            b 2 sdist: build: c
            c 1 sdist: build: a
            c 2 sdist: build: b
            """,
            "a, b, c"
        );

        Assert.Contains("a in {2} and b in {1, 2, absent} and c in {1, 2, absent}", search.Axioms);
        Assert.Equal(["a in {2}"], search.Learned);
        Assert.Equal(["a 1", "b 2", "c 1"], search.Selected);
    }

    [Fact]
    public void An_extra_is_a_variable_of_its_own()
    {
        const string archive = "lib 1: speed | extra == 'fast'\nspeed 1";

        Assert.Equal(["lib 1"], new Search(archive, "lib").Selected);
        Assert.Equal(["lib 1", "lib[fast]", "speed 1"], new Search(archive, "lib[fast]").Selected);
    }

    [Fact]
    public void An_unsatisfiable_problem_is_reduced_to_its_minimal_conflict()
    {
        var outcome = Planner.Plan(
            new ToyArchive("a 1: x>=2\nb 1: x<2\nc 1: y\nx 1\nx 2\ny 1"),
            ToyArchive.Ask("a, b, c"),
            PlanLimits.None
        );

        var explanation = Assert.IsType<PlanOutcome.Impossible>(outcome).Explanation;
        Assert.True(explanation.Minimal);
        Assert.DoesNotContain(explanation.Core, fact => $"{fact}".Contains("c 1", StringComparison.Ordinal));
        Assert.Contains("x>=2", explanation.Text, StringComparison.Ordinal);
        Assert.Contains("x<2", explanation.Text, StringComparison.Ordinal);
    }

    /// <summary>One search, and what it did.</summary>
    private sealed class Search : ISearchObserver
    {
        private readonly CandidateProblem problem;

        public Search(string archive, string requirements)
        {
            problem = new CandidateProblem(new ToyArchive(archive), ToyArchive.Ask(requirements));
            var outcome = new DomainSolver().Solve(problem, new SolveOptions { Observer = this });
            var found = Assert.IsType<Outcome.Satisfiable>(outcome);
            DecisionsAndConflicts = (found.Statistics.Decisions, found.Statistics.Conflicts);
            Selected =
            [
                .. found
                    .Selection.Order.Select(each => NameOf(each, found.Selection[each]))
                    .Order(StringComparer.Ordinal),
            ];
        }

        public IReadOnlyList<string> Selected { get; }

        public (long Decisions, long Conflicts) DecisionsAndConflicts { get; }

        /// <summary>'Not all of these', in the order learned.</summary>
        public List<string> Learned { get; } = [];

        /// <summary>'Not all of these', as the problem says.</summary>
        public List<string> Axioms { get; } = [];

        void ISearchObserver.Axiom(ReadOnlySpan<ObservedTerm> nogood, Axiom origin) => Axioms.Add(TextOf(nogood));

        void ISearchObserver.Learned(ReadOnlySpan<ObservedTerm> nogood) => Learned.Add(TextOf(nogood));

        private string TextOf(ReadOnlySpan<ObservedTerm> nogood) =>
            string.Join(" and ", nogood.ToArray().Select(TextOf).Order(StringComparer.Ordinal));

        private string TextOf(ObservedTerm term)
        {
            var values = Enumerable
                .Range(0, problem.CandidateCount(term.Variable))
                .Where(each => ((term.Candidates.Span[each >> 6] >> each) & 1) != 0)
                .Select(each => problem.VersionOf(term.Variable, each));
            return $"{problem.ProjectOf(term.Variable)} in "
                + $"{{{string.Join(", ", term.Absent ? values.Append("absent") : values)}}}";
        }

        private string NameOf(VariableId variable, int candidate) =>
            problem.IsExtra(variable)
                ? $"{problem.ProjectOf(variable)}[{problem.VersionOf(variable, candidate)}]"
                : $"{problem.ProjectOf(variable)} {problem.VersionOf(variable, candidate)}";
    }
}

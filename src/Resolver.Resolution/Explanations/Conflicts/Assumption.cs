using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>A fact in numbers: one thing that an explanation can hold on to or dropped. The grain of cores.</summary>
internal abstract record Assumption
{
    private Assumption() { }

    /// <summary>Candidates First to Last of the source require this; a root has no source and the run -1 to -1. A
    /// line such as <c>q[x]</c> is several requirements and one fact, which has the number of the first.</summary>
    public sealed record Requires(VariableId? Source, int First, int Last, RequirementId Id) : Assumption
    {
        /// <summary>The fact about the whole line that the requirement is part of, and about all neighbours of the
        /// run that require the same.</summary>
        public static Requires Whole(
            Problem problem,
            IProblemText text,
            VariableId? source,
            int first,
            int last,
            RequirementId id
        )
        {
            id = Line(problem, text, source, first, id)[0];
            if (source is not { } variable)
                return new Requires(null, first, last, id);
            var end = problem.CandidateCount(variable) - 1;
            while (first > 0 && problem.RequirementsOf(variable, first - 1).Contains(id))
                first--;
            while (last < end && problem.RequirementsOf(variable, last + 1).Contains(id))
                last++;
            return new Requires(variable, first, last, id);
        }

        /// <summary>All requirements of the line: the project, each extra that it requests, and each way in which its
        /// marker can hold.</summary>
        public IReadOnlyList<RequirementId> Line(Problem problem, IProblemText text) =>
            Line(problem, text, Source, First, Id);

        private static List<RequirementId> Line(
            Problem problem,
            IProblemText text,
            VariableId? source,
            int candidate,
            RequirementId id
        )
        {
            var all = source is { } variable ? problem.RequirementsOf(variable, candidate) : problem.Roots;
            var line = new List<RequirementId>();
            foreach (var other in all)
            {
                var same =
                    other == id
                    || (
                        text.RoleOf(other) == text.RoleOf(id)
                        && text.IsGiven(other) == text.IsGiven(id)
                        && text.TextOf(other) == text.TextOf(id)
                    );
                if (same && !line.Contains(other))
                    line.Add(other);
            }
            return line.Count == 0 ? [id] : line;
        }
    }

    /// <summary>There are no other candidates of the project than those known. Let go: one more that satisfies
    /// everything and needs nothing.</summary>
    public sealed record NoOthers(VariableId Project) : Assumption;

    /// <summary>Candidates of the project that may not be chosen for this reason may indeed not be chosen.</summary>
    public sealed record Unusable(VariableId Project, UnusableKind Kind) : Assumption;

    /// <summary>The builds of this nogood need each other.</summary>
    public sealed record Cycle(SelectionNogood Nogood) : Assumption
    {
        public bool Equals(Cycle? other) => other is not null && Nogood.IsSame(other.Nogood);

        public override int GetHashCode() =>
            Nogood.Terms.Aggregate(
                Nogood.Terms.Count,
                (hash, term) => HashCode.Combine(hash, term.Variable, term.Candidates.Count)
            );
    }
}

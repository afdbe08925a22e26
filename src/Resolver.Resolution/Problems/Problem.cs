namespace Resolver.Resolution.Problems;

/// <summary>
/// A resolution problem in numbers: what the search, the Boolean twin, the proofs and the independent checker all read.
/// Every scheme (PEP 440, SemVer, natural numbers) and every source (archives, universe files) is an implementation
/// of this class. Loading is lazy: nothing of a project is asked before the search first needs it.
/// </summary>
/// <remarks>
/// A <b>variable</b> is a project, or one extra of one project (an extra has one candidate, 0, meaning 'active').
/// Each variable takes one of its candidates, numbered from 0 in ascending order of version, or is <i>absent</i>.
/// Not thread-safe.
/// </remarks>
public abstract class Problem
{
    /// <summary>What the user requested, in the order given. A root is a requirement without a source.</summary>
    public abstract ReadOnlySpan<RequirementId> Roots { get; }

    /// <summary>Upper bound (exclusive) of the variables handed out so far; grows while requirements are
    /// loaded.</summary>
    public abstract int VariableCount { get; }

    /// <summary>How many candidates the variable has: 0 where the project is unknown.</summary>
    public abstract int CandidateCount(VariableId variable);

    /// <summary>Sets the bit of every candidate that may be chosen at all (not ruled out by Python, tags, policy).
    /// <paramref name="words"/>: zeroed by the caller, (count + 63) / 64 long, candidate i is bit i % 64 of word i /
    /// 64.</summary>
    public abstract void Usable(VariableId variable, Span<ulong> words);

    /// <summary>The candidates from best to worst, or empty where that is simply descending.</summary>
    public abstract ReadOnlySpan<int> Preference(VariableId variable);

    /// <summary>The same, where it depends on what the discovery queue chose before it reached this variable. The
    /// best answer stays defined: each place of the queue knows the places before it, whatever engine walks
    /// it.</summary>
    /// <param name="chosenBefore">The candidate of a variable that the queue has passed, or -1 where it is absent or
    /// not passed yet.</param>
    public virtual ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) =>
        Preference(variable);

    /// <summary>What one candidate requires, in the order of the discovery queue: runtime, then build, then by extra,
    /// each by name and text. Candidates that require the same share the same <see cref="RequirementId"/>; that is
    /// how the search finds runs of neighbours.</summary>
    public abstract ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate);

    /// <summary>Whether what the candidate requires was read before, so that to ask again costs next to
    /// nothing.</summary>
    public virtual bool IsRead(VariableId variable, int candidate) => true;

    /// <summary>Whether a search looks at candidates next to one that it chooses, to learn of all that require the
    /// same at once. Where not, it leaves those alone that were not read before (<see cref="IsRead"/>): that pays for
    /// a search that is likely to take what it chooses first. The answer is the same.</summary>
    public virtual bool ReadsAhead => true;

    /// <summary>Indexed by candidate: equal numbers mean equal lists of requirements. Empty where the problem does
    /// not number them; then the search compares the lists.</summary>
    public virtual ReadOnlySpan<int> RequirementLists(VariableId variable) => default;

    /// <summary>The variable a requirement speaks about.</summary>
    public abstract VariableId Target(RequirementId requirement);

    /// <summary>Sets the bit of every candidate of the target that satisfies the requirement (usable or not). Words
    /// as in <see cref="Usable"/>.</summary>
    public abstract void Satisfying(RequirementId requirement, Span<ulong> words);

    /// <summary>Whether the requirement also holds where the target is absent: a constraint rather than a
    /// requirement.</summary>
    public abstract bool AllowsAbsence(RequirementId requirement);

    /// <summary>When a requirement of a candidate holds: all of these extra variables (of the same project) must be
    /// active, or inactive. Empty: always.</summary>
    public abstract ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement);

    /// <summary>Whether a candidate that is not there could meet the requirement; not where it means particular
    /// candidates by identity.</summary>
    public virtual bool AdmitsOthers(RequirementId requirement) => true;

    /// <summary>Whether the requirement must be met before the candidate can be built, rather than when it
    /// runs.</summary>
    public virtual bool IsBuildRequirement(RequirementId requirement) => false;

    /// <summary>Bounds on how many of some terms hold. They must not depend on what is absent: whatever stands stands
    /// without what nothing reaches.</summary>
    public virtual IReadOnlyList<SelectionBound> Bounds => [];

    /// <summary>What refutes a complete selection beyond requirements (build cycles), or null where nothing
    /// can.</summary>
    public virtual ISelectionTheory? Theory => null;
}

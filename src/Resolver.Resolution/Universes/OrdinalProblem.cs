using System.Runtime.InteropServices;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Universes;

/// <summary>A query to an <see cref="OrdinalUniverse"/>. A variable is a project's number, a requirement its number
/// there; nothing is copied or kept.</summary>
internal sealed class OrdinalProblem(OrdinalUniverse universe, int[] roots) : Problem, IProblemText
{
    public override ReadOnlySpan<RequirementId> Roots => MemoryMarshal.Cast<int, RequirementId>(roots);

    public override int VariableCount => universe.ProjectNames.Length;

    public override int CandidateCount(VariableId variable) =>
        universe.CandidateStarts[variable.Index + 1] - universe.CandidateStarts[variable.Index];

    public override void Usable(VariableId variable, Span<ulong> words) =>
        CandidateRange.Set(words, 0, CandidateCount(variable));

    public override ReadOnlySpan<int> Preference(VariableId variable) => default;

    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate)
    {
        var list = universe.Lists[universe.CandidateStarts[variable.Index] + candidate];
        var start = list == 0 ? 0 : universe.ListEnds[list - 1];
        return MemoryMarshal.Cast<int, RequirementId>(
            universe.ListItems.AsSpan(start, universe.ListEnds[list] - start)
        );
    }

    public override ReadOnlySpan<int> RequirementLists(VariableId variable) =>
        universe.Lists.AsSpan(universe.CandidateStarts[variable.Index], CandidateCount(variable));

    public override VariableId Target(RequirementId requirement) => new(universe.Targets[requirement.Index]);

    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        var target = universe.Targets[requirement.Index];
        var first = universe.CandidateStarts[target];
        var places = universe.Places.AsSpan(first, universe.CandidateStarts[target + 1] - first);
        // Distinct naturals of which the last is one less than their number are 0, 1, 2, …: then a place is an index.
        var isDense = universe.HasDistinctVersions && places.Length > 0 && places[^1] == 2L * (places.Length - 1);
        var start = requirement.Index == 0 ? 0 : universe.IntervalEnds[requirement.Index - 1];
        for (var i = start; i < universe.IntervalEnds[requirement.Index]; i += 2)
        {
            var from = IndexOf(places, universe.Intervals[i], isDense);
            var to = IndexOf(places, universe.Intervals[i + 1], isDense);
            CandidateRange.Set(words, from, to);
        }
    }

    public override bool AllowsAbsence(RequirementId requirement) => false;

    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) => default;

    public string ProjectOf(VariableId variable) => universe.Texts.StringOf(universe.ProjectNames[variable.Index]);

    public bool IsExtra(VariableId variable) => false;

    public string VersionOf(VariableId variable, int candidate) =>
        universe.Texts.StringOf(universe.VersionTexts[universe.CandidateStarts[variable.Index] + candidate]);

    public string TextOf(RequirementId requirement) =>
        universe.Texts.StringOf(universe.RequirementTexts[requirement.Index]);

    /// <summary>The first candidate at this place or after it.</summary>
    private static int IndexOf(ReadOnlySpan<long> places, long place, bool isDense)
    {
        if (isDense)
            return (int)Math.Min(places.Length, (place >> 1) + (place & 1));
        int low = 0,
            high = places.Length;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (places[middle] < place)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

using System.Numerics;
using System.Text.Json;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Universes;
using Resolver.Sat.Boolean;

namespace Resolver.Peers;

/// <summary>What every peer is given: what the roots can reach, versions as 0, 1, 2, … (the last is preferred),
/// requirements as half-open intervals of them. No peer has to read a version.</summary>
internal static class OrdinalProblem
{
    /// <summary>Writes the form that <c>benchmarks/peers/contest.py</c> describes.</summary>
    /// <exception cref="NotSupportedException">The universe has extras, which peers do not have in common.</exception>
    public static void Write(string file, Universe universe)
    {
        var (problem, text) = universe.CreateProblem(universe.Queries[0]);
        var (numbers, order) = (new Dictionary<VariableId, int>(), new List<VariableId>());
        foreach (var root in problem.Roots)
            Reach(problem.Target(root));
        for (var next = 0; next < order.Count; next++)
        {
            foreach (var candidate in Ascending(problem, order[next]))
            {
                foreach (var requirement in problem.RequirementsOf(order[next], candidate))
                    Reach(problem.Target(requirement));
            }
        }

        using var stream = File.Create(file);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteStartArray("projects");
        foreach (var variable in order)
        {
            json.WriteStartObject();
            json.WriteString("name", text.ProjectOf(variable));
            json.WriteStartArray("versions");
            foreach (var candidate in Ascending(problem, variable))
                WriteRequirements(json, problem, numbers, problem.RequirementsOf(variable, candidate));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("roots");
        WriteRequirements(json, problem, numbers, problem.Roots);
        json.WriteEndObject();

        void Reach(VariableId variable)
        {
            if (text.IsExtra(variable))
                throw new NotSupportedException("the peers have no extras in common");
            if (numbers.TryAdd(variable, order.Count))
                order.Add(variable);
        }
    }

    /// <summary>Writes the same as clauses: one variable a candidate, at most one of each project.</summary>
    public static void WriteDimacs(string file, Universe universe)
    {
        using var writer = File.CreateText(file);
        Dimacs.Write(writer, new BooleanEncoding(universe.CreateProblem(universe.Queries[0]).Problem).Formula);
    }

    private static void WriteRequirements(
        Utf8JsonWriter json,
        Problem problem,
        Dictionary<VariableId, int> numbers,
        ReadOnlySpan<RequirementId> requirements
    )
    {
        json.WriteStartArray();
        foreach (var requirement in requirements)
        {
            var target = problem.Target(requirement);
            json.WriteStartArray();
            json.WriteNumberValue(numbers[target]);
            json.WriteStartArray();
            foreach (var bound in Intervals(problem, requirement, Ascending(problem, target)))
                json.WriteNumberValue(bound);
            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static List<int> Intervals(Problem problem, RequirementId requirement, List<int> ascending)
    {
        var words = new ulong[(problem.CandidateCount(problem.Target(requirement)) + 63) / 64];
        problem.Satisfying(requirement, words);
        var bounds = new List<int>();
        for (var version = 0; version <= ascending.Count; version++)
        {
            var satisfies = version < ascending.Count && Has(words, ascending[version]);
            if (satisfies != (bounds.Count % 2 == 1))
                bounds.Add(version);
        }

        return bounds;
    }

    /// <summary>What can be used of a project, the preferred one last.</summary>
    private static List<int> Ascending(Problem problem, VariableId variable)
    {
        var usable = new ulong[(problem.CandidateCount(variable) + 63) / 64];
        problem.Usable(variable, usable);
        var ascending = new List<int>(usable.Sum(BitOperations.PopCount));
        var preference = problem.Preference(variable);
        for (var rank = problem.CandidateCount(variable) - 1; rank >= 0; rank--)
        {
            // Without an order of its own a project's candidates ascend as they are.
            var candidate = preference.IsEmpty ? problem.CandidateCount(variable) - 1 - rank : preference[rank];
            if (Has(usable, candidate))
                ascending.Add(candidate);
        }

        return ascending;
    }

    private static bool Has(ulong[] words, int index) => ((words[index >> 6] >> index) & 1) != 0;
}

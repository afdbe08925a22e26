using System.Text;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering;

/// <summary>A plan as a graph: an edge from each step to what it needs; build requirements are dashed.</summary>
internal static class PlanGraph
{
    /// <summary>In the language of Graphviz.</summary>
    public static string Dot(Plan plan)
    {
        var text = new StringBuilder("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (var step in plan.Steps)
            text.Append($"  {Quoted(Node(step))} [label={Quoted(Label(step))}{(step.Action == StepAction.Keep ? ", style=dotted" : "")}];\n");
        foreach (var (from, to, build) in Edges(plan))
            text.Append($"  {Quoted(from)} -> {Quoted(to)}{(build ? " [style=dashed]" : "")};\n");
        return text.Append("}\n").ToString();
    }

    /// <summary>In the language of Mermaid.</summary>
    public static string Mermaid(Plan plan)
    {
        var text = new StringBuilder("flowchart LR\n");
        var identifiers = new Dictionary<string, string>();
        foreach (var step in plan.Steps)
        {
            identifiers.TryAdd(Node(step), $"s{step.Order}");
            text.Append($"  s{step.Order}[\"{Label(step).Replace("#", "#35;").Replace("\"", "#quot;")}\"]\n");
        }

        foreach (var (from, to, build) in Edges(plan))
            text.Append($"  {identifiers[from]} {(build ? "-.->" : "-->")} {identifiers[to]}\n");
        return text.ToString();
    }

    private static IEnumerable<(string From, string To, bool Build)> Edges(Plan plan)
    {
        var nodes = plan.Steps.Select(Node).ToHashSet();
        return plan.Steps
            .SelectMany(step => step.Requires
                .Where(required => required.SatisfiedBy is not null && required.Role is Role.Runtime or Role.Build)
                .Select(required => (From: Node(step), To: required.SatisfiedBy!.Name.Normalized, Build: required.Role == Role.Build)))
            .Where(edge => edge.From != edge.To && nodes.Contains(edge.To))
            .Distinct();
    }

    private static string Node(PlanStep step) => step.Candidate.Name.Normalized;

    private static string Label(PlanStep step) =>
        PlainText.Of($"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})");

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}

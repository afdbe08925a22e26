using System.Text;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan as a graph: an edge from each step to what it needs; build requirements are dashed.</summary>
internal static class PlanGraph
{
    /// <summary>In the language of Graphviz.</summary>
    public static string Dot(Plan plan)
    {
        var nodes = Nodes(plan);
        var text = new StringBuilder("digraph plan {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (var step in plan.Steps)
            text.Append(
                $"  {Quoted(nodes[step.Order])} [label={Quoted(string.Join('\n', Label(step)))}{(step.Action == StepAction.Keep ? ", style=dotted" : "")}];\n"
            );
        foreach (var (from, to, build) in PlanEdges.Of(plan))
            text.Append(
                $"  {Quoted(nodes[from.Order])} -> {Quoted(nodes[to.Order])}{(build ? " [style=dashed]" : "")};\n"
            );
        return text.Append("}\n").ToString();
    }

    /// <summary>In the language of Mermaid.</summary>
    public static string Mermaid(Plan plan)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var step in plan.Steps)
            text.Append(
                $"  s{step.Order}[\"{string.Join("<br>", Label(step).Select(line => line.Replace("#", "#35;").Replace("\"", "#quot;").Replace("<", "#lt;")))}\"]\n"
            );
        foreach (var (from, to, build) in PlanEdges.Of(plan))
            text.Append($"  s{from.Order} {(build ? "-.->" : "-->")} s{to.Order}\n");
        return text.ToString();
    }

    /// <summary>A project's name, where it is there once; else with what distinguishes its steps.</summary>
    private static Dictionary<int, string> Nodes(Plan plan)
    {
        var names = plan.Steps.CountBy(step => step.Candidate.Name).ToDictionary();
        var versions = plan.Steps.CountBy(step => (step.Candidate.Name, step.Candidate.Version)).ToDictionary();
        return plan.Steps.ToDictionary(
            step => step.Order,
            step =>
                names[step.Candidate.Name] == 1 ? step.Candidate.Name.Normalized
                : versions[(step.Candidate.Name, step.Candidate.Version)] == 1
                    ? $"{step.Candidate.Name}=={step.Candidate.Version}"
                : $"{step.Candidate.Name}=={step.Candidate.Version}#{step.Order}"
        );
    }

    /// <summary>What it is and, where it is not taken everywhere, where: a line each.</summary>
    private static IEnumerable<string> Label(PlanStep step)
    {
        yield return PlainText.Of(
            $"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})"
        );
        if (step.Markers is { } markers)
            yield return PlainText.Of(markers.ToString());
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n")}\"";
}

using System.Globalization;
using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;
using static Resolver.Cli.Rendering.Pages.PageFrame;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>The facts of a conflict as a picture (SVG): from what is requested, on the left, along requirements to
/// where nothing fits. Arrows lead from what is required to what requires it, as on the page of a plan. Drawn here and
/// not by a script, so that it is there wherever the page is shown.</summary>
internal sealed class ConflictPicture
{
    private const int Gap = 38;
    private const int Margin = 14;
    private const int LabelHeight = 20;

    private readonly Dictionary<string, Node> nodes = [];
    private readonly List<Edge> edges = [];

    private ConflictPicture(IReadOnlyList<Fact> core)
    {
        foreach (var fact in core.OfType<Fact.Requires>())
            AddEdge(fact.Name ?? (fact.Role == Role.Constraint ? "constraints" : "the request"), fact);
        foreach (var fact in core)
            AddState(fact);
        Place();
    }

    /// <summary>The picture, or null where the facts are no graph.</summary>
    public static string? Of(IReadOnlyList<Fact> core) =>
        new ConflictPicture(core) is { nodes.Count: > 1 } picture ? picture.Draw() : null;

    private void AddEdge(string from, Fact.Requires fact)
    {
        var source = NodeOf(from);
        source.IsUser = fact.Name is null;
        source.Versions.AddRange(fact.Versions.Except(source.Versions));
        edges.Add(
            new Edge(source, NodeOf(ProjectOf(fact.Requirement)), LabelOf(fact.Requirement), fact.Role, fact.Versions)
        );
    }

    private void AddState(Fact fact)
    {
        switch (fact)
        {
            case Fact.Candidates each:
                NodeOf(each.Name)
                    .States.Add(each.Versions.Count == 0 ? "not in the archive" : $"only {Story(each.Versions)} there");
                break;
            case Fact.Unusable each:
                NodeOf(each.Name).States.Add($"{Story(each.Versions)} cannot be used: {each.Why}");
                break;
            case Fact.BuildCycle each:
                foreach (var step in each.Steps)
                    AddCycleEdge(step);
                break;
        }
    }

    private void AddCycleEdge(BuildCycleStep step)
    {
        var (source, target) = (NodeOf(step.Name), NodeOf(ProjectOf(step.Requirement)));
        source.InCycle = target.InCycle = true;
        if (edges.Find(edge => edge.From == source && edge.To == target && edge.Role == step.Role) is { } known)
            known.IsCycle = true;
        else
            edges.Add(new Edge(source, target, LabelOf(step.Requirement), step.Role, step.Versions) { IsCycle = true });
    }

    private static string ProjectOf(string requirement) =>
        Requirement.TryParse(requirement) is { Success: true, Value: var read } ? read.Name.Normalized : requirement;

    private static string LabelOf(string requirement)
    {
        if (Requirement.TryParse(requirement) is not { Success: true, Value: var read })
            return "";
        var label = requirement.StartsWith(read.Name.ToString(), StringComparison.OrdinalIgnoreCase)
            ? requirement[read.Name.ToString().Length..].Trim()
            : requirement;
        return label.Length == 0 ? "any version" : label;
    }

    private Node NodeOf(string name) => nodes.TryGetValue(name, out var known) ? known : nodes[name] = new Node(name);

    /// <summary>Columns by the distance from who asks; rows near the middle of who needs each.</summary>
    private void Place()
    {
        var queue = new Queue<Node>(nodes.Values.Where(node => node.IsUser));
        foreach (var start in queue)
            start.Column = 0;
        Spread(queue);
        foreach (var rest in nodes.Values.Where(node => node.Column < 0).ToList())
        {
            if (rest.Column >= 0)
                continue;
            rest.Column = 0;
            queue.Enqueue(rest);
            Spread(queue);
        }

        var x = (double)Margin;
        var columns = nodes.Values.GroupBy(node => node.Column).OrderBy(group => group.Key).ToList();
        var tallest = columns.Max(column => column.Count());
        var row = nodes.Values.Max(node => node.Height) + Gap;
        foreach (var column in columns)
        {
            var ordered = column
                .OrderBy(node =>
                    edges
                        .Where(edge => edge.To == node && edge.From.Column < node.Column)
                        .Select(edge => edge.From.Y)
                        .DefaultIfEmpty(0)
                        .Average()
                )
                .ToList();
            var width = ordered.Max(node => node.Width);
            foreach (var (index, node) in ordered.Index())
                (node.X, node.Y) = (
                    x,
                    Margin
                        + LabelHeight
                        + (row * (index + ((tallest - ordered.Count) / 2.0)))
                        + ((row - Gap - node.Height) / 2)
                );
            var labels = edges
                .Where(edge => edge.From.Column == column.Key)
                .Select(edge => TextWidth(edge.Label) + (edge.Role == Role.Build ? TextWidth(" to build") : 0))
                .DefaultIfEmpty(0)
                .Max();
            x += width + Math.Max(110, labels + 64);
            foreach (var node in ordered)
                node.ColumnWidth = width;
        }
    }

    private void Spread(Queue<Node> queue)
    {
        while (queue.TryDequeue(out var node))
        {
            foreach (
                var next in edges
                    .Where(edge => edge.From == node && edge.To.Column < 0)
                    .Select(edge => edge.To)
                    .Distinct()
                    .ToList()
            )
            {
                next.Column = node.Column + 1;
                queue.Enqueue(next);
            }
        }
    }

    private string Draw()
    {
        var lines = new StringBuilder();
        var labels = new StringBuilder();
        var taken = new List<(double X, double Y, double Width)>();
        foreach (var edge in edges)
            DrawEdge(edge, lines, labels, taken);
        var boxes = new StringBuilder();
        foreach (var node in nodes.Values)
            DrawNode(node, boxes);
        var width =
            nodes.Values.Max(node => node.X + node.ColumnWidth)
            + Margin
            + (edges.Exists(edge => edge.To.Column == edge.From.Column) ? 90 : 0);
        var height =
            nodes.Values.Max(node => node.Y + node.Height)
            + Margin
            + (edges.Exists(edge => edge.To.Column < edge.From.Column) ? 60 : 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg role=\"img\" aria-label=\"The conflict as a picture; the list says the same in words\" "
                + $"width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} "
                + $"{height:0}\">\n{lines}{boxes}{labels}</svg>"
        );
    }

    private static void DrawEdge(
        Edge edge,
        StringBuilder lines,
        StringBuilder labels,
        List<(double X, double Y, double Width)> taken
    )
    {
        var (from, to) = (edge.From, edge.To);
        var (y1, y2) = (from.Y + (from.Height / 2), to.Y + (to.Height / 2));
        var kind =
            edge.IsCycle ? " cycle"
            : edge.Role == Role.Build ? " build"
            : "";
        double labelX,
            labelY;
        if (to.Column > from.Column)
        {
            var (x1, x2) = (from.X + from.Width, to.X);
            var bend = Math.Max(40, (x2 - x1) / 2);
            lines.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"edge{kind}\" d=\"M{x1 + 8:0.#} {y1:0.#}C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} "
                    + $"{y2:0.#} {x2:0.#} {y2:0.#}\"/>"
            );
            lines.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"head{kind.Replace(" ", "")} head{kind}\" d=\"M{x1:0.#} {y1:0.#}l10 -5v10z\"/>\n"
            );
            (labelX, labelY) = ((x1 + x2) / 2, (y1 + y2) / 2);
        }
        else if (to.Column == from.Column)
        {
            var x = from.X + Math.Max(from.Width, to.Width);
            lines.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"edge{kind}\" d=\"M{from.X + from.Width + 8:0.#} {y1:0.#}C{x + 60:0.#} {y1:0.#} "
                    + $"{x + 60:0.#} {y2:0.#} {to.X + to.Width:0.#} {y2:0.#}\"/>"
            );
            lines.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"head{kind.Replace(" ", "")} head{kind}\" d=\"M{from.X + from.Width:0.#} {y1:0.#}l10 "
                    + $"-5v10z\"/>\n"
            );
            (labelX, labelY) = (x + 50, (y1 + y2) / 2);
        }
        else
        {
            // Back to the left, below everything on the way.
            var (x1, x2, deep) = (
                from.X + (from.Width / 2),
                to.X + (to.Width / 2),
                Math.Max(from.Y + from.Height, to.Y + to.Height) + 44
            );
            lines.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"edge{kind}\" d=\"M{x1:0.#} {from.Y + from.Height + 8:0.#}C{x1:0.#} {deep:0.#} "
                    + $"{x2:0.#} {deep:0.#} {x2:0.#} {to.Y + to.Height:0.#}\"/>"
            );
            lines.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"head{kind.Replace(" ", "")} head{kind}\" d=\"M{x1:0.#} {from.Y + from.Height:0.#}l-5 "
                    + $"10h10z\"/>\n"
            );
            (labelX, labelY) = ((x1 + x2) / 2, deep - 12);
        }

        var suffix = edge.Role == Role.Build ? " to build" : "";
        var width = TextWidth(edge.Label) + TextWidth(suffix) + 12;
        while (
            taken.Exists(other =>
                Math.Abs(other.X - labelX) < (other.Width + width) / 2 && Math.Abs(other.Y - labelY) < LabelHeight + 2
            )
        )
            labelY += LabelHeight + 2;
        taken.Add((labelX, labelY, width));
        labels.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"label\" x=\"{labelX - (width / 2):0.#}\" y=\"{labelY - 11:0.#}\" width=\"{width:0.#}\" "
                + $"height=\"{LabelHeight}\" rx=\"4\"/>"
        );
        labels.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{labelX:0.#}\" y=\"{labelY + 4:0.#}\" text-anchor=\"middle\">{Text(edge.Label)}{(suffix.Length > 0 ? $"<tspan class=\"role\">{suffix}</tspan>" : "")}</text>\n"
        );
    }

    private void DrawNode(Node node, StringBuilder boxes)
    {
        // Where nothing is required of a node any more, or something is said of it, the path ends.
        var clash = !node.IsUser && (node.States.Count > 0 || node.InCycle || !edges.Exists(edge => edge.From == node));
        boxes.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"box{(node.IsUser ? " you" : clash ? " clash" : "")}\" x=\"{node.X:0.#}\" "
                + $"y=\"{node.Y:0.#}\" width=\"{node.Width:0.#}\" height=\"{node.Height:0.#}\" rx=\"9\"/>"
        );
        var (y, center) = (node.Y + 23, node.X + (node.Width / 2));
        boxes.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"name\" x=\"{center:0.#}\" y=\"{y:0.#}\" "
                + $"text-anchor=\"middle\">{Text(node.First(clash))}</text>"
        );
        foreach (var (index, line) in node.More.Index())
            boxes.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"sub{(node.States.Count > 0 ? " why" : "")}\" x=\"{center:0.#}\" "
                    + $"y=\"{y + 19 + (18 * index):0.#}\" text-anchor=\"middle\">{Text(line)}</text>"
            );
        boxes.Append('\n');
    }

    private static string Story(IReadOnlyList<string> versions) =>
        versions.Count <= 3 ? string.Join(", ", versions) : $"{versions[0]} to {versions[^1]} ({versions.Count})";

    // System fonts differ; this is generous for all of them.
    private static double TextWidth(string text) => text.Length * 7.4;

    private sealed class Node(string name)
    {
        public List<string> Versions { get; } = [];

        public List<string> States { get; } = [];

        public bool IsUser { get; set; }

        public bool InCycle { get; set; }

        public int Column { get; set; } = -1;

        public double X { get; set; }

        public double Y { get; set; }

        public double ColumnWidth { get; set; }

        public double Width =>
            Math.Max(110, More.Select(line => TextWidth(line) * 0.95).Append(TextWidth(First(true))).Max() + 26);

        public double Height => 36 + (18 * More.Count);

        /// <summary>What stands under the name, a line each.</summary>
        public List<string> More =>
            States.Count > 0 ? States
            : Versions.Count > 0 ? [Story(Versions)]
            : [];

        public string First(bool clash) => clash && !IsUser ? $"✕ {name}" : name;
    }

    private sealed record Edge(Node From, Node To, string Label, Role Role, IReadOnlyList<string> Versions)
    {
        public bool IsCycle { get; set; }
    }
}

using System.Text;

namespace Resolver.Cli.Terminal;

/// <summary>A graph drawn as trees. What lies below a node is drawn once; <c>(*)</c> marks where the node appears
/// again.</summary>
/// <param name="below">The branches of a node: the line of each, and the node that it leads to, if any.</param>
/// <param name="depth">The most levels below a root; null for all.</param>
internal sealed class TreeText<T>(Func<T, IReadOnlyList<(string Line, T? Node)>> below, int? depth = null)
    where T : class
{
    private readonly StringBuilder text = new();
    private readonly HashSet<T> expanded = [];
    private readonly HashSet<T> drawn = [];
    private bool isCut;

    /// <summary>Whether a node is in what is drawn so far.</summary>
    public bool Has(T node) => drawn.Contains(node);

    /// <summary>Draws one more tree.</summary>
    public void Add(T root, string line)
    {
        text.Append(line);
        Below(root, "", 0);
    }

    public override string ToString() => isCut ? $"{text}(*) shown in full further up\n" : text.ToString();

    private void Below(T node, string indent, int level)
    {
        drawn.Add(node);
        var branches = level == depth ? [] : below(node);
        var isRepeated = branches.Count > 0 && !expanded.Add(node);
        isCut |= isRepeated;
        text.Append(isRepeated ? " (*)\n" : "\n");
        if (isRepeated)
            return;
        foreach (var (index, (line, target)) in branches.Index())
        {
            var isLast = index == branches.Count - 1;
            text.Append(indent).Append(isLast ? "└── " : "├── ").Append(line);
            if (target is null)
                text.Append('\n');
            else
                Below(target, indent + (isLast ? "    " : "│   "), level + 1);
        }
    }
}

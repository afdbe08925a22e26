using Resolver.Application.Installed;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Rendering.Installed;

/// <summary>What installed projects need, as a tree downwards, or, inverted, what needs them; and as
/// <c>resolver.tree/1</c>, a graph, as a tree would repeat itself.</summary>
internal sealed class DependencyTree
{
    private readonly InstalledProjects installed;
    private readonly bool invert;
    private readonly ILookup<PackageName, InstalledNeed> edges;

    public DependencyTree(InstalledProjects installed, bool invert)
    {
        this.installed = installed;
        this.invert = invert;
        edges = installed
            .Needs.Where(need => need.By.Name != need.Requirement.Name)
            .ToLookup(need => invert ? need.Requirement.Name : need.By.Name);
    }

    /// <summary>Where a tree begins that shows everything: what nothing leads to, and of what only a cycle leads to the
    /// first by name.</summary>
    public IReadOnlyList<InstalledProject> Roots()
    {
        var led = edges.SelectMany(each => each).Select(Target).ToHashSet();
        var seen = new HashSet<PackageName>();
        var roots = new List<InstalledProject>();
        foreach (var project in installed.All.Where(each => !led.Contains(each.Name)).Concat(installed.All))
        {
            if (seen.Contains(project.Name))
                continue;
            roots.Add(project);
            Reach(project.Name, seen);
        }
        return roots;
    }

    /// <param name="depth">The most levels below a root; null for all.</param>
    public string Text(IReadOnlyList<InstalledProject> roots, int? depth, Paint paint)
    {
        var tree = new TreeText<InstalledProject>(
            project =>
                [
                    .. edges[project.Name].Select(need => (Line(need, paint), installed.Find(Target(need)))),
                ],
            depth
        );
        foreach (var root in roots)
            tree.Add(root, paint.Strong(PlainText.Of(Shown(root.Name))));
        return tree.ToString();
    }

    /// <summary>Schema <c>resolver.tree/1</c>: the roots' names, and every project that they lead to with what it
    /// needs.</summary>
    public string Json(IReadOnlyList<InstalledProject> roots)
    {
        var reached = new HashSet<PackageName>();
        foreach (var root in roots)
            Reach(root.Name, reached);
        return JsonText.Of(
            indented: true,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("schema", "resolver.tree/1");
                json.WriteStartArray("roots");
                foreach (var root in roots)
                    json.WriteStringValue(root.Name.Normalized);
                json.WriteEndArray();
                json.WriteStartArray("projects");
                foreach (var project in installed.All.Where(each => reached.Contains(each.Name)))
                {
                    json.WriteStartObject();
                    json.WriteString("name", project.Name.Normalized);
                    json.WriteString("version", project.Version);
                    json.WriteStartArray("requires");
                    foreach (var need in installed.Needs.Where(need => need.By.Name == project.Name))
                    {
                        json.WriteStartObject();
                        json.WriteString("requirement", need.Requirement.ToString());
                        json.WriteString("name", need.Requirement.Name.Normalized);
                        json.WriteString("found", need.Found?.Version.ToString());
                        json.WriteBoolean("met", need.IsMet);
                        json.WriteEndObject();
                    }
                    json.WriteEndArray();
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );
    }

    private PackageName Target(InstalledNeed need) => invert ? need.By.Name : need.Requirement.Name;

    private void Reach(PackageName from, HashSet<PackageName> seen)
    {
        var pending = new Stack<PackageName>([from]);
        while (pending.TryPop(out var name))
        {
            if (!seen.Add(name))
                continue;
            foreach (var need in edges[name])
                pending.Push(Target(need));
        }
    }

    private string Line(InstalledNeed need, Paint paint)
    {
        var asked = paint.Faint(PlainText.Of($"[requires {need.Requirement.ToReadableText()}]"));
        var name = PlainText.Of(Shown(Target(need)));
        return need switch
        {
            { Found: null } => invert ? $"{name} {asked} {paint.Bad("not installed")}" : $"{name} {asked}",
            { IsMet: false } => $"{name} {asked} {paint.Bad("does not fit")}",
            _ => $"{name} {asked}",
        };
    }

    private string Shown(PackageName name) =>
        installed.Find(name) is { } project ? $"{project.RawName} {project.Version ?? "?"}" : $"{name} (not installed)";
}

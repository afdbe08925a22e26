using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Ordering;

/// <summary>
/// What has to be there before what, for one selection. Each selected project has two events: <i>built</i> (and
/// installed), and <i>usable</i>: installed together with its runtime closure. Usable comes after built, and after
/// usable of each runtime requirement; built comes after usable of each build requirement. A strongly connected
/// component that holds a build edge cannot be ordered; one of runtime edges alone is harmless.
/// </summary>
internal sealed class BuildGraph
{
    private readonly Problem problem;
    private readonly int[] places; // by variable: where it is among the selected ones, or -1
    private readonly int[] selected; // the variables that are selected: the graph is as large as the selection
    private readonly List<(int To, RequirementId? Requirement)>[] edges; // node 2k: built(selected[k]); 2k + 1: usable
    private readonly int[] component;
    private readonly List<int[]> components = []; // in topological order: what is needed comes first

    /// <param name="selection">Indexed by variable: the candidate, or -1.</param>
    public BuildGraph(Problem problem, ReadOnlySpan<int> selection)
    {
        this.problem = problem;
        places = new int[selection.Length];
        var count = 0;
        for (var v = 0; v < selection.Length; v++)
            places[v] = selection[v] < 0 ? -1 : count++;
        selected = new int[count];
        edges = new List<(int, RequirementId?)>[count * 2];
        component = new int[count * 2];
        for (var v = 0; v < selection.Length; v++)
        {
            if (places[v] is var k && k < 0)
                continue;
            selected[k] = v;
            edges[2 * k] = [];
            edges[(2 * k) + 1] = [(2 * k, null)];
            foreach (var id in problem.RequirementsOf(new VariableId(v), selection[v]))
            {
                var target = PlaceOf(problem.Target(id));
                if (target < 0 || !Holds(id))
                    continue;
                edges[problem.IsBuildRequirement(id) ? 2 * k : (2 * k) + 1].Add(((2 * target) + 1, id));
            }
        }
        FindComponents();
    }

    /// <summary>A shortest cycle of each component that cannot be ordered.</summary>
    public IEnumerable<BuildCycle> Cycles()
    {
        var reported = new HashSet<int>();
        for (var node = 0; node < edges.Length; node += 2)
        {
            foreach (var (to, requirement) in edges[node])
            {
                if (requirement is { } first && component[to] == component[node] && reported.Add(component[node]))
                    yield return ShortestCycle(node, to, first);
            }
        }
    }

    /// <summary>For each build requirement that lies on a cycle, a shortest cycle through it; each cycle
    /// once.</summary>
    public IEnumerable<BuildCycle> CyclesOfEachEdge()
    {
        var seen = new HashSet<string>();
        for (var node = 0; node < edges.Length; node += 2)
        {
            foreach (var (to, requirement) in edges[node])
            {
                if (requirement is not { } first || component[to] != component[node])
                    continue;
                var cycle = ShortestCycle(node, to, first);
                if (
                    seen.Add(
                        string.Join(
                            ' ',
                            cycle
                                .Edges.Select(edge => $"{edge.Source.Index}:{edge.Requirement.Index}")
                                .Order(StringComparer.Ordinal)
                        )
                    )
                )
                    yield return cycle;
            }
        }
    }

    /// <summary>The stage of each variable's build: 1 where it waits for nothing, else one more than the latest build
    /// it waits for; 0 where
    /// <paramref name="isPresent"/> says that it is there before the first stage. Valid only where there is no
    /// cycle.</summary>
    public int[] Stages(Func<VariableId, bool> isPresent)
    {
        var level = new int[components.Count];
        var stages = new int[places.Length];
        for (var c = 0; c < components.Count; c++)
        {
            // Needed components come first, so their levels are known. Without a build cycle a build is a component
            // of its own.
            foreach (var node in components[c])
            {
                foreach (var (to, _) in edges[node])
                    level[c] = Math.Max(level[c], component[to] == c ? 0 : level[component[to]]);
            }
            if (components[c] is [var only] && (only & 1) == 0)
                stages[selected[only >> 1]] = level[c] = isPresent(VariableOf(only)) ? 0 : level[c] + 1;
        }
        return stages;
    }

    private VariableId VariableOf(int node) => new(selected[node >> 1]);

    private int PlaceOf(VariableId variable) => variable.Index < places.Length ? places[variable.Index] : -1;

    private bool Holds(RequirementId id)
    {
        foreach (var condition in problem.Conditions(id))
        {
            if (PlaceOf(condition.Extra) >= 0 != condition.Active)
                return false;
        }
        return true;
    }

    private BuildCycle ShortestCycle(int start, int second, RequirementId first)
    {
        var reachedBy = new Dictionary<int, (int From, RequirementId? Requirement)> { [second] = (-1, null) };
        var queue = new Queue<int>([second]);
        while (!reachedBy.ContainsKey(start))
        {
            var node = queue.Dequeue();
            foreach (var (to, requirement) in edges[node])
            {
                if (component[to] == component[start] && reachedBy.TryAdd(to, (node, requirement)))
                    queue.Enqueue(to);
            }
        }
        var path = new List<BuildEdge>();
        for (var node = start; reachedBy[node].From >= 0; node = reachedBy[node].From)
        {
            var (from, requirement) = reachedBy[node];
            if (requirement is { } id)
                path.Add(new BuildEdge(VariableOf(from), id));
        }
        path.Add(new BuildEdge(VariableOf(start), first));
        path.Reverse();
        return new BuildCycle(path);
    }

    /// <summary>Tarjan's algorithm with its recursion unrolled: archives have chains deeper than a thread's
    /// stack.</summary>
    private void FindComponents()
    {
        var index = new int[edges.Length];
        var low = new int[edges.Length];
        var onStack = new bool[edges.Length];
        var stack = new Stack<int>();
        var work = new Stack<(int Node, int Edge)>();
        var counter = 0;
        for (var root = 0; root < edges.Length; root++)
        {
            if (index[root] != 0)
                continue;
            work.Push((root, 0));
            while (work.TryPop(out var frame))
            {
                var (node, edge) = frame;
                if (edge == 0)
                {
                    index[node] = low[node] = ++counter;
                    stack.Push(node);
                    onStack[node] = true;
                }
                else
                {
                    low[node] = Math.Min(low[node], low[edges[node][edge - 1].To]);
                }
                var descended = false;
                for (; edge < edges[node].Count; edge++)
                {
                    var to = edges[node][edge].To;
                    if (index[to] == 0)
                    {
                        work.Push((node, edge + 1));
                        work.Push((to, 0));
                        descended = true;
                        break;
                    }
                    if (onStack[to])
                        low[node] = Math.Min(low[node], index[to]);
                }
                if (descended || low[node] != index[node])
                    continue;
                var members = new List<int>();
                do
                {
                    members.Add(stack.Pop());
                    onStack[members[^1]] = false;
                    component[members[^1]] = components.Count;
                } while (members[^1] != node);
                components.Add([.. members]);
            }
        }
    }
}

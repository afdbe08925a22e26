using Mono.Cecil;

namespace Resolver.Conventions.Tests;

/// <summary>Which namespaces name which, and the types because of which they do.</summary>
/// <param name="references">Pairs of types by full name: the first names the second.</param>
internal sealed class NamespaceGraph(IEnumerable<(string From, string To)> references)
{
    /// <summary>Types told for each pair of namespaces; more help nobody.</summary>
    private const int MostTypes = 12;

    private readonly ILookup<(string From, string To), (string From, string To)> edges = references
        .Where(pair => SpaceOf(pair.From) != SpaceOf(pair.To))
        .Distinct()
        .Order()
        .ToLookup(pair => (SpaceOf(pair.From), SpaceOf(pair.To)));

    /// <summary>The graph of one project: what its own types name of each other. What the compiler adds, outside
    /// every namespace of the project, is left out.</summary>
    public static NamespaceGraph Of(string layer, IEnumerable<(TypeDefinition From, TypeDefinition To)> references) =>
        new(
            references
                .Where(pair => IsOwn(layer, pair.From) && IsOwn(layer, pair.To))
                .Select(pair => (pair.From.FullName, pair.To.FullName))
        );

    /// <summary>Each set of namespaces that need each other, as text: a line for each dependency within it.</summary>
    public IReadOnlyList<string> Cycles()
    {
        var reached = edges
            .Select(edge => edge.Key.From)
            .Distinct()
            .ToDictionary(space => space, Reachable, StringComparer.Ordinal);
        bool AreTogether(string one, string other) =>
            reached.TryGetValue(one, out var first)
            && first.Contains(other)
            && reached.TryGetValue(other, out var second)
            && second.Contains(one);

        return
        [
            .. edges
                .Where(edge => AreTogether(edge.Key.From, edge.Key.To))
                .GroupBy(edge =>
                    reached.Keys.Order(StringComparer.Ordinal).First(each => AreTogether(each, edge.Key.From))
                )
                .Select(cycle => string.Join("\n", cycle.Select(Told))),
        ];
    }

    private static string Told(IGrouping<(string From, string To), (string From, string To)> edge) =>
        $"{edge.Key.From} -> {edge.Key.To}: "
        + string.Join(", ", edge.Take(MostTypes).Select(pair => $"{NameOf(pair.From)} names {NameOf(pair.To)}"));

    private HashSet<string> Reachable(string start)
    {
        var reached = new HashSet<string>();
        var work = new Stack<string>([start]);
        while (work.TryPop(out var space))
        {
            foreach (var next in edges.Where(edge => edge.Key.From == space).Select(edge => edge.Key.To))
            {
                if (reached.Add(next))
                    work.Push(next);
            }
        }
        return reached;
    }

    private static bool IsOwn(string layer, TypeDefinition type) =>
        type.Namespace == layer || type.Namespace.StartsWith(layer + ".", StringComparison.Ordinal);

    private static string SpaceOf(string type) => type[..type.LastIndexOf('.')];

    private static string NameOf(string type) => type[(type.LastIndexOf('.') + 1)..];
}

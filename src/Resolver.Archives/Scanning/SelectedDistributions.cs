using System.Collections;
using Resolver.Archives.Distributions;

namespace Resolver.Archives.Scanning;

/// <summary>Some of a list, in its order, made when they are looked at.</summary>
/// <param name="which">Their places in it.</param>
internal sealed class SelectedDistributions(IReadOnlyList<Distribution> all, IReadOnlyList<int> which)
    : IReadOnlyList<Distribution>
{
    public int Count => which.Count;

    public Distribution this[int index] => all[which[index]];

    public IEnumerator<Distribution> GetEnumerator() => which.Select(each => all[each]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

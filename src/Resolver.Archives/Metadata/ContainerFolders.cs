using Resolver.Archives.Containers;

namespace Resolver.Archives.Metadata;

/// <summary>The folders of a container, by what they lie in.</summary>
/// <remarks>The paths are put in order once, so that looking into each of many folders takes no longer than looking
/// at all paths. No list of all folders is made: of a few thousand long paths it would take gigabytes.</remarks>
internal sealed class ContainerFolders(ContainerContents contents)
{
    private readonly Lazy<ContainerEntry[]> entries = new(() =>
        [.. contents.Entries.Values.OrderBy(entry => entry.Path, StringComparer.Ordinal)]
    );

    /// <summary>Names of the folders directly inside one, in order.</summary>
    /// <param name="folder">A path in the container; <c>""</c> is its root.</param>
    public IReadOnlyList<string> In(string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var found = new SortedSet<string>(StringComparer.Ordinal);
        ReadOnlySpan<char> last = default;
        for (
            var at = FirstFrom(prefix);
            at < entries.Value.Length && entries.Value[at].Path.StartsWith(prefix, StringComparison.Ordinal);
            at++
        )
        {
            var rest = entries.Value[at].Path.AsSpan(prefix.Length);
            var slash = rest.IndexOf('/');
            if (slash < 0 && entries.Value[at].Kind != EntryKind.Directory)
                continue;
            var name = slash < 0 ? rest : rest[..slash];
            if (name.IsEmpty || name.SequenceEqual(last))
                continue;
            found.Add(name.ToString());
            last = name;
        }
        return [.. found];
    }

    private int FirstFrom(string prefix)
    {
        var (low, high) = (0, entries.Value.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(entries.Value[middle].Path, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}

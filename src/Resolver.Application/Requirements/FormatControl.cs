using Resolver.Packaging.Names;
using Resolver.Resolution.Requests;

namespace Resolver.Application.Requirements;

/// <summary><c>--no-binary</c> and <c>--only-binary</c> in the order given, as pip reads them: <c>:all:</c> replaces
/// what either said before, a name leaves the other option, <c>:none:</c> empties its own.</summary>
public sealed class FormatControl
{
    private readonly Side noBinary = new();
    private readonly Side onlyBinary = new();

    /// <summary>Projects of which no wheel may be used.</summary>
    public NameFilter NoBinary => noBinary.Filter;

    /// <summary>Projects of which nothing may be built.</summary>
    public NameFilter OnlyBinary => onlyBinary.Filter;

    /// <summary>Takes note of a value of <c>--no-binary</c>: names with commas, <c>:all:</c>, <c>:none:</c>.</summary>
    /// <exception cref="FormatException">It holds something else; the message says what.</exception>
    public void ForbidWheels(string value) => Apply(value, noBinary, onlyBinary);

    /// <summary>Takes note of a value of <c>--only-binary</c>: names with commas, <c>:all:</c>, <c>:none:</c>.</summary>
    /// <exception cref="FormatException">It holds something else; the message says what.</exception>
    public void ForbidBuilds(string value) => Apply(value, onlyBinary, noBinary);

    private static void Apply(string value, Side side, Side other)
    {
        foreach (var text in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (text == ":all:")
            {
                other.Clear();
                side.Clear();
                side.IsAll = true;
            }
            else if (text == ":none:")
                side.Clear();
            else if (PackageName.TryParse(text) is { Success: true, Value: var name })
            {
                other.Names.Remove(name);
                side.Names.Add(name);
            }
            else
                throw new FormatException($"'{text}' is not the name of a project");
        }
    }

    private sealed class Side
    {
        public HashSet<PackageName> Names { get; } = [];

        public bool IsAll { get; set; }

        public NameFilter Filter => NameFilter.Of(Names, IsAll);

        public void Clear()
        {
            Names.Clear();
            IsAll = false;
        }
    }
}

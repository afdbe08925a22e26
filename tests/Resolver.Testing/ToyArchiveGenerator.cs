using System.Text;
using CsCheck;

namespace Resolver.Testing;

/// <summary>Random archives in <see cref="ToyArchive"/>'s notation: few projects, dense requirements, every kind,
/// build requirements, extras, cycles. Markers that want an extra to be inactive have tests of their own (decision
/// 0010): few exist, and their meaning is a matter of definition.</summary>
public static class ToyArchiveGenerator
{
    private static readonly string[] Kinds = ["wheel", "wheel", "sdist", "sdist", "installed"];
    private static readonly string[] Bounds = ["", ">=2", "<2", "==1", "!=2", ">=3", "<=2"];

    /// <summary>The lines of an archive, and the requirements to ask of it.</summary>
    /// <param name="projects">At most this many, named a, b, c, …</param>
    /// <param name="versions">At most this many each.</param>
    public static Gen<(string Lines, string Roots)> Archive(int projects, int versions) =>
        from seed in Gen.Int[0, int.MaxValue - 1]
        select Draw(new Random(seed), projects, versions);

    /// <summary>The archive of a seed.</summary>
    public static (string Lines, string Roots) Draw(int seed, int projects, int versions) =>
        Draw(new Random(seed), projects, versions);

    private static (string, string) Draw(Random random, int mostProjects, int mostVersions)
    {
        var count = random.Next(2, mostProjects + 1);
        var lines = new StringBuilder();
        for (var p = 0; p < count; p++)
        {
            var installed = false;
            for (var version = 1; version <= random.Next(1, mostVersions + 1); version++)
            {
                var kind = Kinds[random.Next(Kinds.Length)];
                if (kind == "installed" && installed)
                    kind = "wheel";
                installed |= kind == "installed";
                lines.Append(Name(p)).Append(' ').Append(version).Append(' ').Append(kind).Append(": ");
                lines.AppendJoin(
                    ", ",
                    Enumerable.Range(0, random.Next(0, 3)).Select(_ => Requirement(random, count, extras: true))
                );
                if (kind == "sdist" && random.Next(3) > 0)
                    lines.Append("; build: ").Append(Requirement(random, count, extras: false));
                lines.Append('\n');
            }
        }
        var roots = string.Join(
            ", ",
            Enumerable.Range(0, random.Next(1, 4)).Select(_ => Requirement(random, count, extras: false))
        );
        return (lines.ToString(), roots);
    }

    private static string Requirement(Random random, int count, bool extras)
    {
        var extra = random.Next(6) == 0 ? "[x]" : "";
        var marker = !extras
            ? ""
            : random.Next(8) switch
            {
                0 => "| extra == 'x'",
                1 => "| extra == 'y'",
                _ => "",
            };
        return $"{Name(random.Next(count))}{extra}{Bounds[random.Next(Bounds.Length)]}{marker}";
    }

    private static string Name(int project) => ((char)('a' + project)).ToString();
}

using Resolver.Generators.Archives;
using Resolver.Generators.Universes;
using Resolver.Peers.Contestants;

namespace Resolver.Peers;

/// <summary>Our own program on batches of generated archives in which many versions exclude each other.</summary>
internal static class Batches
{
    /// <summary>Above this many distributions one run of each is enough: noise is small, and they take long.</summary>
    private const int MostRepeated = 10_000;

    /// <param name="Order"><c>order --keep-going</c> of all files.</param>
    /// <param name="Missing"><c>missing --batch</c> of all files.</param>
    internal sealed record Row(int Distributions, Cost Order, Cost Missing);

    /// <summary>Both, of files that are known from a scan; null where the time was over first.</summary>
    public static Row? Measure(string folder, string resolver, int distributions, Budget budget)
    {
        var (archive, state) = (Path.Combine(folder, "batch"), Path.Combine(folder, "batch-state"));
        try
        {
            // Of several seeds this is one with many conflicts.
            var generator = new UniverseGenerator(new UniverseShape { Projects = distributions / 9 }, 0);
            var written = ArchiveWriter.Write(archive, generator.Projects(), distributions);
            if (Run("scan", "-f", archive, "--cache-dir", state, "--quiet") is not { ExitCode: 0 })
                return null;
            var runs = written > MostRepeated ? 1 : 3;
            return
                Median(runs, "order", archive, "--keep-going") is { } order
                && Median(runs, "missing", "--batch", archive) is { } missing
                ? new Row(written, order, missing)
                : null;
        }
        finally
        {
            foreach (var made in new[] { archive, state }.Where(Directory.Exists))
                Directory.Delete(made, recursive: true);
        }

        Cost? Run(params string[] arguments) => budget.IsSpent ? null : Cost.Of(budget.Left, resolver, arguments);

        // Exit code 1 says that something was left out.
        Cost? Median(int runs, params string[] arguments)
        {
            var costs = Enumerable
                .Range(0, runs)
                .Select(_ => Run([.. arguments, "--cache-dir", state, "--no-installed", "--quiet"]))
                .OfType<Cost>()
                .Where(each => each.ExitCode is 0 or 1)
                .OrderBy(each => each.ProcessorMilliseconds)
                .ToList();
            return costs.Count < runs ? null : costs[runs / 2];
        }
    }
}

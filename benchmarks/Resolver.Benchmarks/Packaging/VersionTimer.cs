using System.Diagnostics;
using System.Globalization;
using NuGet.Versioning;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Benchmarks.Packaging;

/// <summary>
/// The same work as <c>benchmarks/packaging/compare.py</c>, on the versions of a file, one a line: nanoseconds for
/// one operation, the best of several rounds. That script runs it and Python's packaging in one go, so that both see
/// the same machine at the same time.
/// </summary>
internal static class VersionTimer
{
    private const int Rounds = 25;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(30);

    /// <summary>Prints <c>contestant operation nanoseconds</c>, one a line.</summary>
    public static int Run(string path)
    {
        var texts = File.ReadAllLines(path);
        VersionSamples.Verify(texts);
        var ours = Array.ConvertAll(texts, Version.Parse);
        var theirs = Array.ConvertAll(texts, NuGetVersion.Parse);
        var specifier = SpecifierSet.Parse(">=1.2,<9");
        var range = VersionRange.Parse("[1.2.0, 9.0.0)");
        if (ours.Count(version => specifier.Contains(version)) != theirs.Count(range.Satisfies))
            throw new InvalidOperationException("the contestants match different versions");

        Measure(
            "parse",
            texts.Length,
            () => texts.Count(text => Version.TryParse(text).Success),
            () => texts.Count(text => NuGetVersion.TryParse(text, out _))
        );
        Measure("compare", texts.Length - 1, () => CompareAll(ours), () => CompareAll(theirs));
        Measure("match", texts.Length, () => CountMatches(ours, specifier), () => CountMatches(theirs, range));
        return 0;
    }

    private static int CompareAll(Version[] versions)
    {
        var sum = 0;
        for (var i = 1; i < versions.Length; i++)
            sum += versions[i - 1].CompareTo(versions[i]);
        return sum;
    }

    private static int CompareAll(NuGetVersion[] versions)
    {
        var sum = 0;
        for (var i = 1; i < versions.Length; i++)
            sum += versions[i - 1].CompareTo(versions[i]);
        return sum;
    }

    private static int CountMatches(Version[] versions, SpecifierSet specifier)
    {
        var count = 0;
        foreach (var version in versions)
            if (specifier.Contains(version))
                count++;
        return count;
    }

    private static int CountMatches(NuGetVersion[] versions, VersionRange range)
    {
        var count = 0;
        foreach (var version in versions)
            if (range.Satisfies(version))
                count++;
        return count;
    }

    /// <summary>Rounds take turns, so that a busy machine is busy for both.</summary>
    private static void Measure(string operation, int operations, Func<int> resolver, Func<int> nuget)
    {
        double bestResolver = double.MaxValue,
            bestNuGet = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            bestResolver = Math.Min(bestResolver, Nanoseconds(resolver) / operations);
            bestNuGet = Math.Min(bestNuGet, Nanoseconds(nuget) / operations);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"resolver {operation} {bestResolver:F2}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"nuget {operation} {bestNuGet:F2}"));
    }

    private static double Nanoseconds(Func<int> work)
    {
        var repeats = 0L;
        var sum = 0L; // kept and judged, so that no work can be left out
        var start = Stopwatch.GetTimestamp();
        do
        {
            sum += work();
            repeats++;
        } while (Stopwatch.GetElapsedTime(start) < RoundLength);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return sum == long.MinValue ? throw new InvalidOperationException("the work did nothing") : elapsed / repeats;
    }
}

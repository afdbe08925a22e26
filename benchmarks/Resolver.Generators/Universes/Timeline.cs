using System.Globalization;

namespace Resolver.Generators.Universes;

/// <summary>When the releases of one project came out, between 0 and 1, and how they are numbered.</summary>
internal sealed class Timeline
{
    private readonly double[] times;
    private readonly int perMajor;
    private readonly string[] versions;

    public Timeline(Random random, double releases)
    {
        times = new double[Math.Max(1, (int)(releases * (.4 + 1.2 * random.NextDouble())))];
        var start = random.NextDouble() * .6;
        // A quarter of all projects is abandoned at some time; the others live on.
        var end = random.NextDouble() < .25 ? start + (1 - start) * random.NextDouble() : 1;
        for (var i = 0; i < times.Length; i++)
            times[i] = start + (end - start) * random.NextDouble();
        Array.Sort(times);
        perMajor = random.Next(2, 7);
        versions = new string[times.Length];
        for (var i = 0; i < versions.Length; i++)
            versions[i] = string.Create(CultureInfo.InvariantCulture, $"{1 + i / perMajor}.{i % perMajor}");
    }

    public int Count => times.Length;

    public string this[int release] => versions[release];

    public double Time(int release) => times[release];

    /// <summary>The newest release at that time, or the first.</summary>
    public int NewestAt(double time)
    {
        var found = Array.BinarySearch(times, time);
        return Math.Max(0, found >= 0 ? found : ~found - 1);
    }

    public int Major(int release) => 1 + release / perMajor;
}

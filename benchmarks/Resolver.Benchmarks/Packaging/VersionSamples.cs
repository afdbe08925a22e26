using NuGet.Versioning;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Benchmarks.Packaging;

/// <summary>
/// Versions that both PEP 440 and SemVer 2 can read: three numbers as most projects write them. The mix of sizes is
/// that of an index: small numbers mostly, some years, some three-digit patches. Made, not collected, so that no list
/// needs a licence; always the same.
/// </summary>
public static class VersionSamples
{
    /// <summary>A list that both readers accept.</summary>
    public static string[] Make(int count = 1_000)
    {
        var random = new Random(440);
        var samples = new string[count];
        for (var i = 0; i < count; i++)
        {
            samples[i] = random.Next(10) switch
            {
                0 => $"{random.Next(2015, 2027)}.{random.Next(1, 13)}.{random.Next(1, 32)}",
                1 => $"0.{random.Next(100)}.{random.Next(10)}",
                2 => $"{random.Next(3)}.{random.Next(40)}.{random.Next(100, 400)}",
                _ => $"{random.Next(12)}.{random.Next(30)}.{random.Next(20)}",
            };
        }
        return samples;
    }

    /// <summary>Fails where the contestants do not order the list alike: a benchmark of different answers says
    /// nothing.</summary>
    public static void Verify(string[] samples)
    {
        for (var i = 1; i < samples.Length; i++)
        {
            var ours = Math.Sign(Version.Parse(samples[i - 1]).CompareTo(Version.Parse(samples[i])));
            var theirs = Math.Sign(NuGetVersion.Parse(samples[i - 1]).CompareTo(NuGetVersion.Parse(samples[i])));
            if (ours != theirs)
                throw new InvalidOperationException($"{samples[i - 1]} and {samples[i]} are ordered differently");
        }
    }
}

using Resolver.Archives.Distributions;
using Resolver.Archives.Reading;

namespace Resolver.Fuzzing;

/// <summary>What must hold of every answer.</summary>
internal static class Law
{
    /// <exception cref="InvalidOperationException">The two differ.</exception>
    public static void Same<T>(T expected, T found, string of)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found))
            throw new InvalidOperationException($"{of}: {expected} became {found}");
    }

    /// <summary>A fault while one file is read becomes that file's line; here it is a finding.</summary>
    /// <exception cref="InvalidOperationException">A reader threw what it should not.</exception>
    public static void NoFault(IEnumerable<Distribution> read)
    {
        foreach (var problem in read.SelectMany(each => each.Problems).Where(each => each.Code == ReadingFault.Code))
            throw new InvalidOperationException(problem.Message);
    }
}

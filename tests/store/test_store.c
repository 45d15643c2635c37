#include "engine.h"
int main(void)
{
    return 0;
}
